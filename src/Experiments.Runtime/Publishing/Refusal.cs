using System.Runtime.InteropServices;

namespace Experiments.Runtime.Publishing;

/// <summary>What the file system refused, as .NET says it: <see cref="UnauthorizedAccessException"/> for what is not allowed, else an <see cref="IOException"/> whose <c>HResult</c> is the error's number.</summary>
internal static class Refusal
{
    public const int NotPermitted = 1, NoEntry = 2, Interrupted = 4, InputOutput = 5, AccessDenied = 13, Exists = 17, NotDirectory = 20,
        NoSpace = 28, ReadOnly = 30, OverQuota = 122;

    /// <summary>The error of the last call.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The exception for the error of the last call.</summary>
    /// <param name="what">What could not be done.</param>
    public static Exception Of(string what) => Of(what, Last);

    /// <summary>The exception for an error.</summary>
    public static Exception Of(string what, int error)
    {
        var message = $"{what}: {Marshal.GetPInvokeErrorMessage(error)}";
        return error is NotPermitted or AccessDenied ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }
}
