using Experiments;
using Experiments.CommandLine;
using Experiments.Runtime;
using Experiments.Tool;

// What a worker starts comes first: it must begin fast.
if (AttemptHost.Owns(args))
    return await AttemptHost.RunAsync(args, Catalogue.Empty);
if (ScriptArguments.Find(args) is { } script)
    return await ScriptProgram.RunAsync(script);
// A catalogue of nothing: `exp` looks at any results root, and executes plan files and what is queued.
return await Shell.RunAsync(args, Catalogue.Empty, Terminal.Standard(), ToolCommands.All);
