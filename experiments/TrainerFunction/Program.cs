using Experiments;
using TrainerFunction;

// `staged` is ours; every other command is the SDK's, and so are the processes that a worker starts.
return args is ["staged"] ? await Staged.RunAsync() : await ExperimentProgram.RunAsync(args, ExperimentCatalogue.Instance);
