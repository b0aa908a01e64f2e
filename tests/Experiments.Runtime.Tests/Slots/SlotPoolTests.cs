using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Tests.Slots;

public sealed class SlotPoolTests
{
    [Fact]
    public void Shared_gpus_are_filled_least_loaded_first()
    {
        var pool = Pool(gpus: 2, perGpu: 2);

        var devices = Enumerable.Range(0, 4).Select(_ => pool.TryTake(new GpuNeed(1))!.Devices).ToList();

        Assert.Equal(["0", "1", "0", "1"], devices);
        Assert.Null(pool.TryTake(new GpuNeed(1)));
    }

    [Fact]
    public void A_run_of_several_gpus_gets_different_ones()
    {
        var pool = Pool(gpus: 3, perGpu: 2);
        pool.TryTake(new GpuNeed(1));

        var lease = pool.TryTake(new GpuNeed(2))!;

        Assert.Equal("1,2", lease.Devices);
        Assert.Equal("gpu-1.0+gpu-2.0", lease.Name);
        Assert.Null(Pool(gpus: 3, perGpu: 2).TryTake(new GpuNeed(4)));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again()
    {
        var pool = Pool(gpus: 1, perGpu: 1);
        var lease = pool.TryTake(new GpuNeed(1))!;
        Assert.Equal((0, 0), (pool.FreeGpus, pool.FreeForCpu));

        pool.Return(lease);

        Assert.Equal((1, 1), (pool.FreeGpus, pool.FreeForCpu));
        Assert.Equal("gpu-0", pool.TryTake(new GpuNeed(1))!.Name);
    }

    [Fact]
    public void Runs_without_gpus_leave_gpus_alone_where_there_are_cpu_slots()
    {
        var pool = new SlotPool(1, Gpus(1), 1);

        Assert.Equal(("cpu-0", ""), (pool.TryTake(new GpuNeed(0))!.Name, ""));
        Assert.Null(pool.TryTake(new GpuNeed(0)));
        Assert.Equal(1, pool.FreeGpus);
        Assert.Equal(["cpu-0", "gpu-0"], pool.Names);
    }

    [Fact]
    public void Nothing_is_said_about_devices_where_there_are_no_gpus() => Assert.Null(new SlotPool(1, null, 1).TryTake(new GpuNeed(0))!.Devices);

    [Fact]
    public void An_adopted_attempt_keeps_the_gpus_it_sees()
    {
        var pool = Pool(gpus: 3, perGpu: 1);

        Assert.Equal("gpu-1+gpu-2", pool.TakeFor(new GpuNeed(2), "1,2").Name);
        Assert.Equal("0", pool.TryTake(new GpuNeed(1))!.Devices);
        Assert.Equal("extra", pool.TakeFor(new GpuNeed(1), "7").Name);
    }

    [Fact]
    public void Runs_are_packed_by_the_memory_they_need()
    {
        var pool = new SlotPool(0, Gpus(2, memoryMiB: 1000), 3);

        Assert.Equal(["0", "1", null], Enumerable.Range(0, 3).Select(_ => pool.TryTake(new GpuNeed(1, 600))?.Devices));
        Assert.Equal(["0", "1", null], Enumerable.Range(0, 3).Select(_ => pool.TryTake(new GpuNeed(1, 400))?.Devices));
        Assert.False(pool.Fits(new GpuNeed(1, 1)));
        Assert.True(pool.CouldFit(new GpuNeed(2, 1000)));
        Assert.False(pool.CouldFit(new GpuNeed(1, 1001)));
    }

    [Fact]
    public void A_run_whose_memory_is_not_known_gets_an_equal_share()
    {
        var pool = new SlotPool(0, Gpus(1, memoryMiB: 900), 3);
        pool.TryTake(new GpuNeed(1, 500));

        Assert.NotNull(pool.TryTake(new GpuNeed(1)));
        Assert.Null(pool.TryTake(new GpuNeed(1)));
    }

    [Fact]
    public void Cards_of_others_get_nothing_unless_they_are_shared()
    {
        GpuReading[] readings = [.. Gpus(3, 8192).Select(g => new GpuReading(g))];
        readings[0] = readings[0] with { UsedMiB = 3000, Processes = [new GpuProcess(41, 3000)] };
        readings[1] = readings[1] with { UsedMiB = 2000, Processes = [] };
        readings[2] = readings[2] with { UsedMiB = 400, Processes = [new GpuProcess(7, 400)] };

        var alone = new SlotPool(0, Gpus(3, 8192), 1);
        alone.Observe(readings, pid => pid == 7);
        var shared = new SlotPool(0, Gpus(3, 8192), 1, share: true);
        shared.Observe(readings, pid => pid == 7);

        Assert.Equal(["in use by others: process 41", "in use by others: 2.0 GiB"], alone.Unusable.Select(u => u.Reason));
        Assert.Equal(["2", null], Enumerable.Range(0, 2).Select(_ => alone.TryTake(new GpuNeed(1))?.Devices));
        Assert.Empty(shared.Unusable);
        Assert.Equal(["2", "1", null], Enumerable.Range(0, 3).Select(_ => shared.TryTake(new GpuNeed(1, 6000))?.Devices));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_of_an_attempt_that_has_just_ended_is_not_taken_for_others(bool driverTellsProcesses)
    {
        var pool = new SlotPool(0, Gpus(1, 8192), 1);
        GpuReading Full() => new(Gpus(1, 8192)[0]) { UsedMiB = 6000, Processes = driverTellsProcesses ? [new GpuProcess(7, 6000)] : [] };
        var lease = pool.TryTake(new GpuNeed(1))!;
        var before = Full();
        pool.Observe([before], _ => true);

        pool.Return(lease);
        pool.Observe([before], _ => true);
        Assert.Empty(pool.Unusable);
        pool.Observe([Full()], _ => true);
        Assert.Empty(pool.Unusable);
        pool.Observe([Full()], _ => true);

        Assert.Equal(driverTellsProcesses ? 0 : 1, pool.Unusable.Count);
    }

    [Fact]
    public void A_sick_card_gets_nothing_until_it_is_well()
    {
        var pool = Pool(gpus: 1, perGpu: 1);
        pool.Observe([new GpuReading(Gpus(1)[0]) { Problem = "it has fallen off the bus" }], _ => true);
        Assert.Equal((0, null), (pool.FreeGpus, pool.TryTake(new GpuNeed(1))));
        Assert.Equal("out of service: it has fallen off the bus", Assert.Single(pool.Unusable).Reason);

        pool.Observe([new GpuReading(Gpus(1)[0])], _ => true);

        Assert.Equal("0", pool.TryTake(new GpuNeed(1))!.Devices);
    }

    [Fact]
    public void A_run_of_several_gpus_gets_no_mig_instances()
    {
        var pool = new SlotPool(0, [new Gpu(0, "0"), new Gpu(1, "MIG-a", Mig: 0), new Gpu(1, "MIG-b", Mig: 1), new Gpu(2, "2")], 1);

        Assert.Equal(2, pool.Gpus);
        Assert.Equal("0,2", pool.TryTake(new GpuNeed(2))!.Devices);
        Assert.Equal(("MIG-a", "gpu-1:1"), (pool.TryTake(new GpuNeed(1))!.Devices, pool.TryTake(new GpuNeed(1))!.Name));
    }

    private static SlotPool Pool(int gpus, int perGpu) => new(0, Gpus(gpus), perGpu);

    private static Gpu[] Gpus(int count, long memoryMiB = 0) => [.. Enumerable.Range(0, count).Select(i => new Gpu(i, $"{i}", MemoryMiB: memoryMiB))];
}
