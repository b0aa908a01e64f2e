using Experiments.Runtime.Gpus;

namespace Experiments.Runtime.Tests.Gpus;

public sealed class NvmlInventoryTests
{
    [NeedsCompiler]
    public async Task Cards_tell_who_they_are_and_what_they_do()
    {
        using var nvml = new FakeNvml("""
            gpu uuid=GPU-a name=Fake_H200 total=143771 reserved=600 used=2048 util=73 watts=412 joules=123456 ecc=0
            gpu uuid=GPU-b name=Fake_T4 total=15360
            process gpu=0 pid=41 mib=1500 util=50
            process gpu=0 pid=42 mib=500 util=23
            """);

        var readings = await nvml.Inventory.ReadAsync(default);

        Assert.Equal([new Gpu(0, "0", "Fake H200", 143771, "GPU-a"), new Gpu(1, "1", "Fake T4", 15360, "GPU-b")], readings.Select(r => r.Gpu));
        Assert.Equal((2048L, 73.0, 412.0, 123456.0, null), (readings[0].UsedMiB!.Value, readings[0].UtilizationPercent!.Value, readings[0].PowerWatts!.Value, readings[0].EnergyJoules!.Value, readings[0].Problem));
        Assert.Equal([new GpuProcess(41, 1500, 50), new GpuProcess(42, 500, 23)], readings[0].Processes!);
        Assert.Equal((0L, null, null, null), (readings[1].UsedMiB!.Value, readings[1].UtilizationPercent, readings[1].PowerWatts, readings[1].EnergyJoules));
        Assert.Empty(readings[1].Processes!);
    }

    [NeedsCompiler]
    public async Task An_old_driver_tells_what_it_can()
    {
        using var nvml = new FakeNvml("""
            gpu uuid=GPU-a name=Fake_K80 total=11441 used=100 util=5
            process gpu=0 pid=41
            """, old: true);

        var reading = Assert.Single(await nvml.Inventory.ReadAsync(default));

        Assert.Equal((new Gpu(0, "0", "Fake K80", 11441, "GPU-a"), 100L, null, null), (reading.Gpu, reading.UsedMiB!.Value, reading.EnergyJoules, reading.Problem));
        Assert.Equal([new GpuProcess(41)], reading.Processes!);
    }

    [NeedsCompiler]
    public async Task Sick_cards_say_why_and_are_well_again_when_they_are()
    {
        using var nvml = new FakeNvml("""
            gpu uuid=GPU-a ecc=3
            gpu uuid=GPU-b handle=15
            gpu uuid=GPU-c result=15
            gpu uuid=GPU-d result=16
            gpu uuid=GPU-e pending=1
            gpu uuid=GPU-f failed=1
            gpu uuid=GPU-g handle=999
            gpu uuid=GPU-h
            """);
        var inventory = nvml.Inventory;

        Assert.Equal(
        [
            "uncorrected memory (ECC) errors since the driver was loaded: 3",
            "it has fallen off the bus",
            "it has fallen off the bus",
            "it must be reset",
            "broken memory rows are replaced when the card is reset",
            "broken memory rows could not be replaced: the card needs service",
            "NVML says error 999 (Unknown)",
            null,
        ], (await inventory.ReadAsync(default)).Select(r => r.Problem));

        nvml.Script("gpu uuid=GPU-a ecc=0");
        Assert.Null(Assert.Single(await inventory.ReadAsync(default)).Problem);
    }

    [NeedsCompiler]
    public async Task Mig_instances_stand_for_their_card_and_share_its_meters()
    {
        using var nvml = new FakeNvml("""
            gpu uuid=GPU-a name=Fake_A100 total=40960 watts=200 joules=4000 mig=7
            instance gpu=0 number=0 uuid=MIG-x name=Fake_A100 total=10240 used=10
            instance gpu=0 number=2 uuid=MIG-y name=Fake_A100 total=30720
            """);

        var readings = await nvml.Inventory.ReadAsync(default);

        Assert.Equal([new Gpu(0, "MIG-x", "Fake A100", 10240, "MIG-x", 0), new Gpu(0, "MIG-y", "Fake A100", 30720, "MIG-y", 2)], readings.Select(r => r.Gpu));
        Assert.Equal([(1000.0, 50.0, true), (3000.0, 150.0, true)], readings.Select(r => (r.EnergyJoules!.Value, r.PowerWatts!.Value, r.IsShareOfCard)));
        Assert.Equal(["0:0", "0:2"], readings.Select(r => r.Gpu.Label));
    }

    [NeedsCompiler]
    public async Task A_driver_that_refuses_is_an_error_with_its_number()
    {
        using var nvml = new FakeNvml("count 17");

        Assert.Equal("NVML says error 17 (OperatingSystem)", (await Assert.ThrowsAsync<GpuInventoryException>(() => nvml.Inventory.ReadAsync(default))).Message);
    }

    [NeedsCompiler]
    public async Task A_driver_that_was_loaded_anew_is_asked_again()
    {
        using var nvml = new FakeNvml("gpu uuid=GPU-a");
        var inventory = nvml.Inventory;
        nvml.Script("init 9");
        await Assert.ThrowsAsync<GpuInventoryException>(() => inventory.ReadAsync(default));

        nvml.Script("gpu uuid=GPU-a");

        Assert.Single(await inventory.ReadAsync(default));
    }

    [NeedsCompiler]
    public void Without_a_driver_the_library_is_not_used()
    {
        using var nvml = new FakeNvml("init 9");

        Assert.Null(NvmlInventory.TryOpen(nvml.Library));
        Assert.Null(NvmlInventory.TryOpen("libnvidia-ml-that-is-not-there.so.1"));
    }

    [NeedsCompiler]
    public async Task A_reader_that_gives_up_does_not_wait_for_a_driver_that_hangs()
    {
        using var nvml = new FakeNvml("gpu uuid=GPU-a");
        var inventory = nvml.Inventory;
        nvml.Script("hang 3");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inventory.ReadAsync(patience.Token));
    }
}
