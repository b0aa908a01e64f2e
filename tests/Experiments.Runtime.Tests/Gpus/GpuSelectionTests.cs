using Experiments.Runtime.Gpus;

namespace Experiments.Runtime.Tests.Gpus;

public sealed class GpuSelectionTests
{
    private static readonly IReadOnlyList<Gpu> Inventory =
    [
        new(0, "0", "Simulated", 1024, "GPU-aaaa-1"),
        new(1, "1", "Simulated", 1024, "GPU-aaaa-2"),
        new(2, "2", "Simulated", 1024, "GPU-bbbb-3"),
        new(3, "MIG-x", "Simulated", 512, "MIG-x", 0),
        new(3, "MIG-y", "Simulated", 512, "MIG-y", 1),
    ];

    [Theory]
    [InlineData(null, null, "0,1,2,MIG-x,MIG-y")]
    [InlineData(null, "2,0", "2,0")]
    [InlineData(null, "", "")]
    [InlineData(null, "1,-1,2", "1")]
    [InlineData(null, "1,nonsense,2", "1")]
    [InlineData(null, "GPU-bbbb,MIG-y", "GPU-bbbb,MIG-y")]
    [InlineData(null, "1,GPU-aaaa-2", "1")]
    [InlineData(null, "GPU-8f6f,MIG-1d3c", "GPU-8f6f,MIG-1d3c")]
    [InlineData("1", "2,0", "1")]
    [InlineData("3", null, "MIG-x,MIG-y")]
    [InlineData("3:1,0", null, "MIG-y,0")]
    [InlineData("GPU-bbbb", null, "2")]
    public void Gpus_are_those_asked_for_else_those_visible_else_all(string? asked, string? visible, string expected) =>
        Assert.Equal(expected, string.Join(',', GpuSelection.Choose(asked?.Split(','), visible, Inventory)!.Select(g => g.Device)));

    [Fact]
    public void What_the_environment_names_is_known_by_the_inventory() =>
        Assert.Equal(new Gpu(2, "GPU-bbbb", "Simulated", 1024, "GPU-bbbb-3"), GpuSelection.Choose(null, "GPU-bbbb", Inventory)![0]);

    [Fact]
    public void Nothing_is_managed_on_a_host_without_gpus() => Assert.Null(GpuSelection.Choose(null, null, []));

    [Fact]
    public void Without_an_inventory_the_user_is_believed() => Assert.Equal("3", GpuSelection.Choose(["3"], null, [])![0].Device);

    [Theory]
    [InlineData("1,1", "expected each GPU to be named once, got `1` twice")]
    [InlineData("1,GPU-aaaa-2", "expected each GPU to be named once, got `GPU-aaaa-2` twice")]
    [InlineData("7", "expected GPU `7` to exist, got 5 GPUs: `0`, `1`, `2`, `3:0`, `3:1`")]
    public void Gpus_that_are_named_twice_or_do_not_exist_are_refused(string asked, string message)
    {
        var error = Assert.Throws<ExperimentsException>(() => GpuSelection.Choose(asked.Split(','), null, Inventory));

        Assert.Equal(("EXP8030", message), (error.Code, error.Message));
    }
}
