using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Tests.Slots;

/// <summary>Random histories of takes, returns and readings, against rules that always hold.</summary>
public sealed class SlotPoolHistories
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_slot_has_two_holders_and_no_card_more_than_its_memory(int seed)
    {
        var random = new Random(seed);
        var (perGpu, cpus) = (random.Next(1, 5), random.Next(0, 3));
        Gpu[] gpus = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => new Gpu(i, $"{i}", MemoryMiB: random.Next(1, 4) * 10_000, Uuid: $"GPU-{i}"))];
        var pool = new SlotPool(cpus, gpus, perGpu);
        var held = new List<SlotLease>();
        var sick = new HashSet<int>();
        for (var step = 0; step < 300; step++)
        {
            switch (random.Next(8))
            {
                case < 4:
                    var need = new GpuNeed(random.Next(0, gpus.Length + 2), random.Next(3) == 0 ? 0 : random.Next(1, 40_000));
                    var (fits, could) = (need.Gpus == 0 ? pool.FreeForCpu > 0 : pool.Fits(need), pool.CouldFit(need));
                    var lease = pool.TryTake(need);
                    Assert.Equal(fits, lease is not null);
                    if (lease is null)
                        break;
                    Assert.True(could);
                    Assert.Equal(need.Gpus, lease.Gpus.Count);
                    Assert.DoesNotContain(lease.Gpus, sick.Contains);
                    Assert.Equal(string.Join(',', lease.Gpus.Select(g => gpus[g].Device)), lease.Devices);
                    Assert.All(lease.Shares, s => Assert.True(need.Gpus == 0 || s.MemoryMiB >= need.MemoryMiB));
                    held.Add(lease);
                    break;
                case < 7 when held.Count > 0:
                    var index = random.Next(held.Count);
                    pool.Return(held[index]);
                    held.RemoveAt(index);
                    break;
                case 7:
                    sick = [.. Enumerable.Range(0, gpus.Length).Where(_ => random.Next(4) == 0)];
                    pool.Observe([.. gpus.Select(g => new GpuReading(g) { UsedMiB = 0, Processes = [], Problem = sick.Contains(g.Index) ? "sick" : null })], _ => true);
                    break;
            }

            var shares = held.SelectMany(l => l.Shares).ToList();
            Assert.Distinct(shares.Select(s => (s.Gpu, s.Share)));
            Assert.Distinct(held.Where(l => l.Cpu is not null).Select(l => l.Cpu));
            Assert.All(held, l => Assert.Distinct(l.Shares.Select(s => s.Gpu)));
            Assert.All(shares.GroupBy(s => s.Gpu), g => Assert.InRange(g.Sum(s => s.MemoryMiB), 0, gpus[g.Key].MemoryMiB));
            Assert.All(shares.GroupBy(s => s.Gpu), g => Assert.InRange(g.Count(), 1, perGpu));
            Assert.Distinct(held.Select(l => l.Name));
        }

        held.ForEach(pool.Return);
        pool.Observe([.. gpus.Select(g => new GpuReading(g) { Processes = [] })], _ => true);
        Assert.NotNull(pool.TryTake(new GpuNeed(gpus.Length)));
    }
}
