using Experiments.Runtime.Telemetry;

namespace Experiments.Runtime.Tests.Telemetry;

public sealed class CardTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Gpu Card = new(0, "0", "Simulated", 24576, "GPU-0");

    [Fact]
    public void Energy_is_what_the_counter_counted()
    {
        var meter = new CardMeter();

        Assert.Null(meter.Advance(new GpuReading(Card) { EnergyJoules = 1000, PowerWatts = 500 }, Second));
        Assert.Equal(250, meter.Advance(new GpuReading(Card) { EnergyJoules = 1250, PowerWatts = 900 }, Second));
        Assert.Equal(30, meter.Advance(new GpuReading(Card) { EnergyJoules = 30 }, Second));
    }

    [Fact]
    public void Without_a_counter_power_is_a_straight_line_between_readings()
    {
        var meter = new CardMeter();
        meter.Advance(new GpuReading(Card) { PowerWatts = 100 }, Second);

        Assert.Equal(600, meter.Advance(new GpuReading(Card) { PowerWatts = 200 }, Second * 4));
        Assert.Null(meter.Advance(new GpuReading(Card), Second));
        Assert.Null(meter.Advance(new GpuReading(Card) { PowerWatts = 200 }, Second));
    }

    [Fact]
    public void The_only_holder_gets_all_of_a_card_and_it_is_no_estimate()
    {
        var only = Holder(10);

        var (_, share) = Assert.Single(CardSplit.Of(new GpuReading(Card) { UtilizationPercent = 70, PowerWatts = 300, Processes = [new(10, 2048, 70)] }, [only], 500, Second));

        Assert.Equal(new GpuShare(500, Second, 70, 2048, 300, false), share);
    }

    [Fact]
    public void Those_who_share_a_card_are_told_apart_by_what_they_compute_and_it_is_an_estimate()
    {
        var reading = new GpuReading(Card) { UtilizationPercent = 80, PowerWatts = 400, Processes = [new(10, 1000, 60), new(20, 500, 20), new(99, 100, 20)] };

        var shares = CardSplit.Of(reading, [Holder(10), Holder(20)], 1000, Second).Select(s => s.Share).ToList();

        Assert.Equal([(600.0, 48.0, 1000.0, true), (200.0, 16.0, 500.0, true)], shares.Select(s => (s.Joules!.Value, s.UtilizationPercent!.Value, s.MemoryMiB!.Value, s.IsEstimated)));
    }

    [Fact]
    public void Where_the_driver_does_not_tell_they_share_equally() => Assert.Equal([(500.0, true), (500.0, true)],
        CardSplit.Of(new GpuReading(Card), [Holder(10), Holder(20)], 1000, Second).Select(s => (s.Share.Joules!.Value, s.Share.IsEstimated)));

    [Fact]
    public void A_mig_instance_has_a_part_of_its_card_which_is_an_estimate() => Assert.True(
        Assert.Single(CardSplit.Of(new GpuReading(Card) { IsShareOfCard = true }, [Holder(10)], 1000, Second)).Share.IsEstimated);

    private static Gauge Holder(int pid)
    {
        var gauge = new Gauge(pid, [0], Second, 0.5);
        gauge.Add(new ProcessUsage(new HashSet<int> { pid }, 0, 0, 0, 0), Second, null);
        return gauge;
    }
}
