using Experiments.Runtime.Gpus;

namespace Experiments.Runtime.Tests.Gpus;

/// <summary>What <c>nvidia-smi</c> printed on real machines.</summary>
public sealed class NvidiaSmiTests
{
    [Fact]
    public void Cards_are_read_with_memory_power_and_errors()
    {
        var cards = NvidiaSmiText.Cards("""
            0, GPU-5a4bb9a0-9e4b-6a6e-9d1c-6f2f3c8f7c11, NVIDIA H200, 143771, 1024, 37, 212.50, 0
            1, GPU-0d1c2b3a-4f5e-6d7c-8b9a-0f1e2d3c4b5a, NVIDIA GB10, [N/A], [N/A], 0, [N/A], [N/A]
            2, GPU-77777777-9e4b-6a6e-9d1c-6f2f3c8f7c12, Tesla V100-SXM2-32GB, 32768, 0, 0, 42.10, 2
            """);

        Assert.Equal([("NVIDIA H200", 143771), ("NVIDIA GB10", 0), ("Tesla V100-SXM2-32GB", 32768)], cards.Select(c => (c.Gpu.Name, c.Gpu.MemoryMiB)));
        Assert.Equal((1024L, 37.0, 212.5, null), (cards[0].UsedMiB!.Value, cards[0].UtilizationPercent!.Value, cards[0].PowerWatts!.Value, cards[0].Problem));
        Assert.Equal((null, null, null), (cards[1].UsedMiB, cards[1].PowerWatts, cards[1].Problem));
        Assert.Equal("uncorrected memory (ECC) errors since the driver was loaded: 2", cards[2].Problem);
    }

    [Fact]
    public void A_card_that_fell_off_the_bus_is_out_of_service() => Assert.Equal("it has fallen off the bus",
        Assert.Single(NvidiaSmiText.Cards("0, [GPU is lost], NVIDIA A100, [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost]")).Problem);

    [Theory]
    [InlineData("No devices were found")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.")]
    [InlineData("Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 535.183")]
    [InlineData("Unable to determine the device handle for GPU0000:C3:00.0: Unknown Error")]
    [InlineData("Field \"ecc.errors.uncorrected.volatile.total\" is not a valid field to query.")]
    [InlineData("Keine Geräte gefunden, Fehler, 1, 2")]
    [InlineData("")]
    [InlineData("\0\u0001,,,\n-1, GPU-x, y, 5\n99999999999999999999, GPU-x, y, 5\n1e400, a, b, c\n0.5, GPU-a, x, 1")]
    public void What_is_no_card_is_passed_over(string output) => Assert.Empty(NvidiaSmiText.Cards(output));

    [Fact]
    public void Warnings_between_cards_hide_none() => Assert.Equal([0, 2], NvidiaSmiText.Cards("""
        0, GPU-a, NVIDIA A100, 40960, 0, 0, 50.0, 0
        WARNING: infoROM is corrupted at gpu 0000:81:00.0
        Unable to determine the device handle for GPU1: 0000:C3:00.0: Unknown Error
        2, GPU-c, NVIDIA A100, 40960, 0, 0, 50.0, 0
        """).Select(c => c.Gpu.Index));

    [Fact]
    public void Mig_instances_are_read_from_the_list()
    {
        var cards = NvidiaSmiText.Cards("0, GPU-b1028956, NVIDIA A100-SXM4-40GB, 40960, 0, [N/A], 80.00, 0\n1, GPU-c, NVIDIA A100-SXM4-40GB, 40960, 7, 0, 40.00, 0");
        var instances = NvidiaSmiText.Instances("""
            GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-b1028956)
              MIG 3g.20gb     Device  0: (UUID: MIG-5c89852c-d268-c3f3-1b07-005d5ae1dc3f)
              MIG 1g.5gb      Device  1: (UUID: MIG-11111111-d268-c3f3-1b07-005d5ae1dc3f)
            GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-c)
            """);

        var readings = NvidiaSmiText.Combine(cards, instances, NvidiaSmiText.Processes("GPU-c, 4711, 7\nGPU-c, 4712, [N/A]\nno, 1, 1\nGPU-c, x, 1"));

        Assert.Equal(["0:0", "0:1", "1"], readings.Select(r => r.Gpu.Label));
        Assert.Equal([20 * 1024, 5 * 1024, 40960], readings.Select(r => r.Gpu.MemoryMiB));
        Assert.Equal(["MIG-5c89852c-d268-c3f3-1b07-005d5ae1dc3f", "MIG-11111111-d268-c3f3-1b07-005d5ae1dc3f", "1"], readings.Select(r => r.Gpu.Device));
        Assert.Equal([64.0, 16.0, 40.0], readings.Select(r => r.PowerWatts!.Value));
        Assert.Equal([new GpuProcess(4711, 7), new GpuProcess(4712)], readings[2].Processes!);
    }

    [Fact]
    public async Task An_older_program_is_asked_for_less_until_it_answers()
    {
        var program = Path.Combine(Directory.CreateTempSubdirectory("experiments-smi-").FullName, "nvidia-smi");
        await File.WriteAllTextAsync(program, """
            #!/bin/sh
            case "$*" in
                *ecc*) echo 'Field "ecc.errors.uncorrected.volatile.total" is not a valid field to query.'; exit 2 ;;
                *query-gpu*) echo '0, GPU-a, Tesla K80, 11441, 5, 0, 30.00' ;;
                *query-compute-apps*) echo 'GPU-a, 41, 5' ;;
                -L) echo 'GPU 0: Tesla K80 (UUID: GPU-a)' ;;
            esac
            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var reading = Assert.Single(await new NvidiaSmiInventory(program).ReadAsync(default));

        Assert.Equal((new Gpu(0, "0", "Tesla K80", 11441, "GPU-a"), 30.0, null), (reading.Gpu, reading.PowerWatts!.Value, reading.Problem));
        Assert.Equal([new GpuProcess(41, 5)], reading.Processes!);
        Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
    }

    [Fact]
    public async Task A_host_without_the_program_has_no_gpus() => Assert.Empty(await new NvidiaSmiInventory("/nowhere/nvidia-smi").ReadAsync(default));
}
