using Xunit;

// Some of these tests measure time, and all of them use every processor: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
