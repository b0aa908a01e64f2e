using Experiments.Runtime.Gpus;

namespace Experiments.Runtime.Tests.Gpus;

public sealed class GpuWatchTests
{
    private static readonly Gpu First = new(0, "0", "Simulated", 1024, "GPU-a");
    private static readonly Gpu Second = new(1, "GPU-b", "Simulated", 1024, "GPU-b");
    private readonly ManualTime _time = new();
    private Func<IReadOnlyList<GpuReading>> _read = () => [new GpuReading(First), new GpuReading(Second with { Device = "1" })];
    private int _reads;

    [Fact]
    public async Task Readings_are_shared_while_they_are_young()
    {
        var watch = Watch();
        await watch.ReadAsync(TimeSpan.FromSeconds(1));
        await watch.ReadAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _reads);

        _time.Advance(TimeSpan.FromSeconds(2));
        await watch.ReadAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Cards_keep_the_name_their_attempts_were_given_and_are_found_wherever_they_are_listed()
    {
        _read = () => [new GpuReading(Second with { Index = 0, Device = "0" }) { UsedMiB = 7 }, new GpuReading(First with { Index = 1, Device = "1" })];

        var readings = await Watch().ReadAsync(TimeSpan.Zero);

        Assert.Equal(["0", "GPU-b"], readings.Select(r => r.Gpu.Device));
        Assert.Equal(7, readings[1].UsedMiB);
    }

    [Fact]
    public async Task A_card_that_is_lost_or_listed_no_more_is_out_of_service_until_it_is_back()
    {
        var watch = Watch();
        _read = () => [new GpuReading(new Gpu(0, "0")) { Problem = "it has fallen off the bus" }];
        Assert.Equal(["it has fallen off the bus", "the driver does not list it any more"], (await watch.ReadAsync(TimeSpan.Zero)).Select(r => r.Problem));

        _read = () => [new GpuReading(First), new GpuReading(Second)];

        Assert.Equal([null, null], (await watch.ReadAsync(TimeSpan.Zero)).Select(r => r.Problem));
    }

    [Fact]
    public async Task A_driver_that_does_not_answer_takes_its_cards_out_of_service()
    {
        _read = () => throw new GpuInventoryException("the driver has not answered for 10 s");

        Assert.Equal(["the driver has not answered for 10 s", "the driver has not answered for 10 s"], (await Watch().ReadAsync(TimeSpan.Zero)).Select(r => r.Problem));
    }

    [Fact]
    public async Task A_card_that_only_the_user_knows_of_is_believed_in()
    {
        _read = () => [];

        Assert.Null(Assert.Single(await new GpuWatch(SimulatedGpus.From(() => _read()), [new Gpu(3, "3")], _time).ReadAsync(TimeSpan.Zero)).Problem);
    }

    private GpuWatch Watch() => new(SimulatedGpus.From(() =>
    {
        _reads++;
        return _read();
    }), [First, Second], _time);
}
