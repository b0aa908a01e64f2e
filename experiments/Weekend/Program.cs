using Experiments;
using Weekend;
using Weekend.Rehearsal;

// `weekend` is ours; every other command is the SDK's, and so are the workers that `weekend` starts.
return args is ["weekend", .. [] or ["--strict"]] ? await Script.RunAsync(strict: args.Length > 1) : await ExperimentProgram.RunAsync(args, ExperimentCatalogue.Instance);
