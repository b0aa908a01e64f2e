using System.CommandLine;

namespace Experiments.CommandLine;

/// <summary><c>registry</c>: looks after the registry's file.</summary>
internal sealed class RegistryCommand : Command
{
    public RegistryCommand(CommandContext context)
        : base("registry", "Look after the registry: check, backup, export, import, vacuum")
    {
        Add(new RegistryCheckCommand(context));
        Add(new RegistryBackupCommand(context));
        Add(new RegistryExportCommand(context));
        Add(new RegistryImportCommand(context));
        Add(new RegistryVacuumCommand(context));
    }
}
