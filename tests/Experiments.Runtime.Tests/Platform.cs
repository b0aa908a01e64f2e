// Runs are executed on Linux only, so that is where they are tested.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
