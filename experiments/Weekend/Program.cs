using Experiments;
using Weekend;
using Weekend.Rehearsal;

// `weekend` is ours; every other command is the SDK's, and so are the workers that `weekend` starts.
return args is ["weekend"] ? await Script.RunAsync() : await ExperimentProgram.RunAsync(args, ExperimentCatalogue.Instance);
