using Experiments.Torture.Hammering;

// Long programs that try to break the registry. What they do and how to run them: README.md.
return args switch
{
    ["hammer", .. var rest] => await Hammer.RunAsync(rest),
    ["hammer-child", .. var rest] => await HammerChild.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("expected `hammer`, see tests/Experiments.Torture/README.md");
    return 2;
}
