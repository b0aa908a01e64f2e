using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Tests.Slots;

public sealed class SlotPoolTests
{
    [Fact]
    public void Shared_gpus_are_filled_least_loaded_first()
    {
        var pool = Pool(gpus: 2, perGpu: 2);

        var devices = Enumerable.Range(0, 4).Select(_ => pool.TryTake(1)!.Devices).ToList();

        Assert.Equal(["0", "1", "0", "1"], devices);
        Assert.Null(pool.TryTake(1));
    }

    [Fact]
    public void A_run_of_several_gpus_gets_different_ones()
    {
        var pool = Pool(gpus: 3, perGpu: 2);
        pool.TryTake(1);

        var lease = pool.TryTake(2)!;

        Assert.Equal("1,2", lease.Devices);
        Assert.Equal("gpu-1.0+gpu-2.0", lease.Name);
        Assert.Null(Pool(gpus: 3, perGpu: 2).TryTake(4));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again()
    {
        var pool = Pool(gpus: 1, perGpu: 1);
        var lease = pool.TryTake(1)!;
        Assert.Equal((0, 0), (pool.FreeGpus, pool.FreeForCpu));

        pool.Return(lease);

        Assert.Equal((1, 1), (pool.FreeGpus, pool.FreeForCpu));
        Assert.Equal("gpu-0", pool.TryTake(1)!.Name);
    }

    [Fact]
    public void Runs_without_gpus_leave_gpus_alone_where_there_are_cpu_slots()
    {
        var pool = new SlotPool(1, Gpus(1), 1);

        Assert.Equal(("cpu-0", ""), (pool.TryTake(0)!.Name, ""));
        Assert.Null(pool.TryTake(0));
        Assert.Equal(1, pool.FreeGpus);
        Assert.Equal(["cpu-0", "gpu-0"], pool.Names);
    }

    [Fact]
    public void Nothing_is_said_about_devices_where_there_are_no_gpus() => Assert.Null(new SlotPool(1, null, 1).TryTake(0)!.Devices);

    [Fact]
    public void An_adopted_attempt_keeps_the_gpus_it_sees()
    {
        var pool = Pool(gpus: 3, perGpu: 1);

        Assert.Equal("gpu-1+gpu-2", pool.TakeFor(2, "1,2").Name);
        Assert.Equal("0", pool.TryTake(1)!.Devices);
        Assert.Equal("extra", pool.TakeFor(1, "7").Name);
    }

    private static SlotPool Pool(int gpus, int perGpu) => new(0, Gpus(gpus), perGpu);

    private static Gpu[] Gpus(int count) => [.. Enumerable.Range(0, count).Select(i => new Gpu(i, $"{i}"))];
}
