using Experiments;

// A catalogue of nothing: `exp` looks at any results root, and executes plan files and what is queued.
return await ExperimentProgram.RunAsync(args, Catalogue.Empty);
