using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>What experiments have in common may stand in base records: all properties are inherited, attributes of types are not.</summary>
public sealed class InheritanceTests
{
    private const string Declarations = """
        public abstract record Training { [Range(0.0, 1.0)] public double Rate { get; init; } = 0.1; public int Seed { get; init; } public virtual int Epochs { get; init; } = 3; }
        public abstract record Measured
        {
            [Metric(Goal.Maximize, Primary = true)] public double Accuracy { get; init; }
            [Metric(Goal.Minimize)] public double Seconds { get; init; }
            [Metric(Goal.Maximize)] public double AccuracyPerSecond => Accuracy / Seconds;
            [Artifact("model.pt")] public Artifact Model { get; init; }
        }

        [Experiment("teacher", Id = "teacher/{Rate}_e{Epochs}_s{Seed}"), Entrypoint("train.py")]
        public sealed partial record Teacher : Training { public sealed partial record Results : Measured; }

        public abstract record Taught : Training { [Input] public Teacher Teacher => new() { Seed = Seed }; }

        [Experiment("student", Id = "student/{Rate}_e{Epochs}_s{Seed}_t{Temperature}"), Entrypoint("train.py")]
        public sealed partial record Student : Taught
        {
            public override int Epochs { get; init; } = 5;
            public double Temperature { get; init; } = 2;
            public sealed partial record Results : Measured { [Metric(Goal.Minimize)] public double Divergence { get; init; } }
        }

        public abstract record Grid { [Values(0.1, 0.2)] public double Rate { get; init; } [Seeds(2)] public int Seed { get; init; } public bool Include => Rate < 0.2 || Seed == 0; }
        [Sweep] public sealed partial record Teachers : Grid, ISweep<Teacher>;
        [Sweep] public sealed partial record Students : Grid, ISweep<Student> { [Values(1, 4)] public double Temperature { get; init; } public Student Base => new() { Epochs = 7 }; }

        """;

    [Fact]
    public void Axes_and_what_decides_on_them_are_inherited_and_vary_slowest() => Assert.Equal(
        "teacher/0.1_e3_s0 teacher/0.1_e3_s1 teacher/0.2_e3_s0 | "
        + "student/0.1_e7_s0_t1 student/0.1_e7_s0_t4 student/0.1_e7_s1_t1 student/0.1_e7_s1_t4 student/0.2_e7_s0_t1 student/0.2_e7_s0_t4",
        Compiled.Run<string>(Declarations, """
            return string.Join(" ", Teachers.Plan().Runs.Select(r => r.Id)) + " | " + string.Join(" ", new Students().Expand().Select(r => r.Id));
            """));

    [Fact]
    public void Metrics_and_artifacts_are_inherited() => Assert.Equal("accuracy seconds accuracy_per_second | accuracy seconds accuracy_per_second divergence | model.pt | accuracy", Compiled.Run<string>(Declarations, """
        var (teacher, student) = (Teacher.Experiment.Definition, Student.Experiment.Definition);
        return string.Join(" ", teacher.Metrics.Select(m => m.Name)) + " | " + string.Join(" ", student.Metrics.Select(m => m.Name))
            + " | " + string.Join(" ", student.Artifacts.Select(a => a.File)) + " | " + student.Metrics.Single(m => m.Primary).Name;
        """));

    [Fact]
    public void Inputs_are_inherited() => Assert.Equal("teacher teacher/0.1_e3_s4", Compiled.Run<string>(Declarations, """
        var input = Student.Experiment.Plan(["--seed", "4"]).Inputs.Single();
        return input.Name + " " + input.Run.Id;
        """));

    [Fact]
    public Task A_wrong_inherited_axis_is_marked_where_it_is_declared() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "{Rate}"), Entrypoint("train.py")] public sealed partial record Train { [Range(0.0, 1.0)] public double Rate { get; init; } }
        public abstract record Grid { [Values(0.5, {|EXP3003:2|})] public double Rate { get; init; } }
        [Sweep] public sealed partial record Rates : Grid, ISweep<Train>;
        """);

    [Fact]
    public Task Inherited_axes_that_the_id_does_not_name_collide() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "{Rate}"), Entrypoint("train.py")] public sealed partial record Train { public double Rate { get; init; } public int Seed { get; init; } }
        public abstract record Grid { [Values(0.5, 1)] public double Rate { get; init; } [Seeds(3)] public int {|EXP2002:Seed|} { get; init; } }
        [Sweep] public sealed partial record Rates : Grid, ISweep<Train>;
        """);

    [Fact]
    public Task Records_of_constructors_inherit_their_properties() => Analyzed.VerifyAsync("""
        public abstract record Training(double Rate);
        [Experiment("train", Id = "{Rate}_{Seed}"), Entrypoint("train.py")] public sealed partial record Train(double Rate, int Seed) : Training(Rate);
        [Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.5, 1)] public double Rate { get; init; } [Seeds(3)] public int Seed { get; init; } }
        """);
}
