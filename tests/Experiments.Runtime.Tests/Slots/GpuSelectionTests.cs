using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Tests.Slots;

public sealed class GpuSelectionTests
{
    private static readonly IReadOnlyList<Gpu> Inventory = NvidiaSmiInventory.Parse("""
        0, NVIDIA H200, 143771
        1, NVIDIA H200, 143771
        2, NVIDIA GB10, [N/A]
        Unable to determine the device handle for GPU3: 0000:C3:00.0: Unknown Error
        """);

    [Fact]
    public void Nvidia_smi_is_read_and_what_is_no_gpu_passed_over() => Assert.Equal(
        [new Gpu(0, "0", "NVIDIA H200", 143771), new Gpu(1, "1", "NVIDIA H200", 143771), new Gpu(2, "2", "NVIDIA GB10", 0)], Inventory);

    [Theory]
    [InlineData(null, null, "0,1,2")]
    [InlineData(null, "2,0", "2,0")]
    [InlineData(null, "", "")]
    [InlineData(null, "1,-1,2", "1")]
    [InlineData(null, "GPU-8f6f,MIG-1d3c", "GPU-8f6f,MIG-1d3c")]
    [InlineData("1", "2,0", "1")]
    public void Gpus_are_those_asked_for_else_those_visible_else_all(string? asked, string? visible, string expected) =>
        Assert.Equal(expected, string.Join(',', GpuSelection.Choose(asked?.Split(',').Select(int.Parse).ToList(), visible, Inventory)!.Select(g => g.Device)));

    [Fact]
    public void Nothing_is_managed_on_a_host_without_gpus() => Assert.Null(GpuSelection.Choose(null, null, []));

    [Fact]
    public void Without_an_inventory_the_user_is_believed() => Assert.Equal("3", GpuSelection.Choose([3], null, [])![0].Device);

    [Fact]
    public void A_gpu_named_twice_is_refused() =>
        Assert.Equal("expected each GPU to be named once, got `1` twice", Assert.Throws<ExperimentsException>(() => GpuSelection.Choose([1, 1], null, Inventory)).Message);
}
