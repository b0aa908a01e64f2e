using System.Diagnostics;

namespace Experiments.Runtime.Provenance;

/// <summary>The git states of working copies, asked for by every attempt and read now and then: git may take long, and short runs come in thousands.</summary>
internal sealed class WorkingCopies(ResultsRoot root)
{
    /// <summary>A state is as old as this at most, and older only where reading it takes more than a third of that.</summary>
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(0.5);
    private const int Rest = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reading> _readings = [];

    /// <summary>The state of the working copy that a directory is in; returns at once. <see langword="null"/>: it is in none, or git is slow or missing.</summary>
    public Task<WorkingCopy?> StateAsync(string directory)
    {
        lock (_lock)
        {
            if (!_readings.TryGetValue(directory, out var reading) || reading.IsOld)
                _readings[directory] = reading = new Reading(directory, root);
            return reading.State;
        }
    }

    private sealed class Reading
    {
        private readonly long _began = Stopwatch.GetTimestamp();
        private TimeSpan _took;

        public Reading(string directory, ResultsRoot root) => State = Task.Run(async () =>
        {
            var state = await WorkingCopy.ReadAsync(directory, root).ConfigureAwait(false);
            _took = Stopwatch.GetElapsedTime(_began);
            return state;
        });

        public Task<WorkingCopy?> State { get; }

        /// <summary>Whether it should be read again; one that failed should.</summary>
        public bool IsOld => State.IsCompleted && (!State.IsCompletedSuccessfully || Stopwatch.GetElapsedTime(_began) > TimeSpan.FromTicks(Math.Max(AgeMax.Ticks, Rest * _took.Ticks)));
    }
}
