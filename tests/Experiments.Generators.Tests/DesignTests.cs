using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

public sealed class DesignTests
{
    [Fact]
    public void The_worked_examples_compile_without_a_warning() => Assert.Empty(Compiled.From(Design.Source).Problems);

    [Fact]
    public void Teachers_are_nine_runs_in_the_order_of_their_axes() => Assert.Equal(
        [
            "hcrl_ch/teacher_autoencoder", "hcrl_ch/student_autoencoder", "hcrl_ch/student_autoencoder_kd",
            "hcrl_sa/teacher_autoencoder", "hcrl_sa/student_autoencoder", "hcrl_sa/student_autoencoder_kd",
            "set_01/teacher_autoencoder", "set_01/student_autoencoder", "set_01/student_autoencoder_kd",
        ],
        Compiled.Run<string[]>(Design.Source, "return new Teachers().Expand().Select(r => r.Id).ToArray();"));
}
