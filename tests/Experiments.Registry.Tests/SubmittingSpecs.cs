using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

public sealed class SubmittingSpecs : RegistrySpecs
{
    [Fact]
    public async Task New_runs_become_pending()
    {
        var report = await Registry.SubmitAsync(Given.Run("a"), Given.Run("b"));

        Assert.Equal(["a", "b"], report.Added);
        Assert.Equal("2 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync());
    }

    [Fact]
    public async Task A_run_keeps_what_was_planned()
    {
        await Registry.SubmitAsync(Given.Run("hcrl_ch/teacher", """{"lr":0.1,"name":"é\u0001"}""", priority: 7, tags: ["b", "a"]));

        var details = (await Registry.FindAsync("hcrl_ch/teacher"))!;
        Assert.Equal("""{"lr":0.1,"name":"é\u0001"}""", details.Run.Config);
        Assert.Equal(ContentHash.Compute("""{"lr":0.1,"name":"é\u0001"}"""u8), details.Hash);
        Assert.Equal(7, details.Run.Priority);
        Assert.Equal("a b", string.Join(' ', details.Run.Tags));
        Assert.Equal(Folder.Time.GetUtcNow(), details.Run.Created);
        Assert.Equal("classifier", details.Run.Experiment);
        Assert.Equal("train.py", details.Definition.Launch.Target);
    }

    [Fact]
    public async Task Submitting_again_adds_nothing()
    {
        await Registry.SubmitAsync(Given.Run("a"), Given.Run("b"));
        var again = await Registry.SubmitAsync(Given.Run("a"), Given.Run("b"));

        Assert.Empty(again.Added);
        Assert.Equal(["a", "b"], again.Waiting);
        Assert.Equal("2 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync());
    }

    [Fact]
    public async Task The_priority_and_tags_of_the_submission_apply_to_its_runs()
    {
        await Registry.SubmitAsync(Given.Plan(Given.Run("a", tags: ["x"])), new SubmitOptions { Priority = 900, Tags = ["night"] });

        var run = await Registry.RunAsync("a");
        Assert.Equal(900, run.Priority);
        Assert.Equal("night x", string.Join(' ', run.Tags));
    }

    [Fact]
    public async Task An_id_known_with_another_configuration_is_refused_naming_the_fields_with_both_values()
    {
        await Registry.SubmitAsync(Given.Run("a", """{"lr":0.1,"optimizer":{"name":"adam"},"seed":1}"""));

        var error = await RefusedAsync("EXP7010", () => Registry.SubmitAsync(Given.Run("b"), Given.Run("a", """{"lr":0.2,"optimizer":{"name":"sgd"},"seed":1}""")));

        Assert.Contains("`lr` 0.1 → 0.2, `optimizer.name` \"adam\" → \"sgd\"", error.Message);
        Assert.DoesNotContain("seed", error.Message);
        Assert.Equal("1 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync()); // b was undone too
    }

    [Fact]
    public async Task An_id_known_as_a_run_of_another_experiment_is_refused()
    {
        await Registry.SubmitAsync(Given.Run("a"));

        var error = await RefusedAsync("EXP7010", () => Registry.SubmitAsync(Given.Run("a", experiment: Given.Experiment("other"))));

        Assert.Contains("`other` where the registry has experiment `classifier`", error.Message);
    }

    [Fact]
    public async Task A_run_that_waits_takes_the_new_text_of_the_same_configuration()
    {
        var before = Given.Run("a", """{"lr":0.1}""");
        await Registry.SubmitAsync(before);

        // A property was renamed and kept its identity.
        var report = await Registry.SubmitAsync(Given.Run("a", """{"learning_rate":0.1}""") with { Hash = before.Hash });

        Assert.Equal(["a"], report.Waiting);
        var claimed = await Registry.ClaimOneAsync();
        Assert.Equal("""{"learning_rate":0.1}"""u8, claimed.Config.Span);
    }

    [Fact]
    public async Task Force_takes_the_new_configuration()
    {
        await Registry.SubmitAsync(Given.Run("a", """{"lr":0.1}"""));
        await Registry.CompleteAsync(await Registry.ClaimOneAsync());

        var report = await Registry.SubmitAsync(Given.Plan(Given.Run("a", """{"lr":0.2}""", Given.Experiment("other", gpus: 1))), new SubmitOptions { Known = Known.Force });

        Assert.Equal(["a"], report.Requeued);
        var claimed = await Registry.ClaimOneAsync();
        Assert.Equal("""{"lr":0.2}"""u8, claimed.Config.Span);
        Assert.Equal("other", claimed.Experiment.Name);
        Assert.Equal("0 pending, 1 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync(new RunFilter { Experiment = "other" }));
        Assert.Equal("0 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync(new RunFilter { Experiment = "classifier" }));
    }

    [Fact]
    public async Task Force_does_not_change_the_configuration_of_a_run_under_way()
    {
        await Registry.SubmitAsync(Given.Run("a", """{"lr":0.1}"""));
        await Registry.ClaimOneAsync();

        var error = await RefusedAsync("EXP7010", () => Registry.SubmitAsync(Given.Plan(Given.Run("a", """{"lr":0.2}""")), new SubmitOptions { Known = Known.Force }));

        Assert.Contains("under way", error.Hint);
    }

    [Theory]
    [InlineData("a/b", "a")]
    [InlineData("a", "a/b/c")]
    [InlineData("A", "a/b")]
    [InlineData("a/b", "A")]
    public async Task A_run_inside_the_directory_of_another_is_refused(string known, string submitted)
    {
        await Registry.SubmitAsync(Given.Run(known));
        await RefusedAsync("EXP7011", () => Registry.SubmitAsync(Given.Run(submitted)));
    }

    [Fact]
    public async Task A_run_whose_id_differs_only_in_case_from_a_known_one_is_refused()
    {
        await Registry.SubmitAsync(Given.Run("a/b"));
        await RefusedAsync("EXP7011", () => Registry.SubmitAsync(Given.Run("A/b")));
    }

    [Theory]
    [InlineData("a/b", "a/c")]
    [InlineData("a/b", "a-b")]
    [InlineData("a", "ab")]
    [InlineData("a/b", "A/c")]
    [InlineData("x/a", "a")]
    public async Task Runs_beside_each_other_are_not(string known, string submitted)
    {
        await Registry.SubmitAsync(Given.Run(known));
        await Registry.SubmitAsync(Given.Run(submitted));
        Assert.Equal(2, (await Registry.ListAsync(RunFilter.All)).Count);
    }

    [Theory]
    [InlineData(Known.Resume, "waiting done requeued requeued")]
    [InlineData(Known.SkipExisting, "waiting done left left")]
    [InlineData(Known.Rerun, "waiting requeued requeued requeued")]
    [InlineData(Known.Force, "waiting requeued requeued requeued")]
    public async Task What_happens_to_known_runs_is_a_choice(Known known, string expected)
    {
        PlannedRun[] runs = [Given.Run("pending", priority: 1), Given.Run("completed", priority: 3), Given.Run("failed", priority: 2), Given.Run("cancelled")];
        await Registry.SubmitAsync(runs);
        await Registry.CancelAsync(new RunFilter { Ids = ["cancelled"] });
        await Registry.CompleteAsync(await Registry.ClaimOneAsync());
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure());

        var report = await Registry.SubmitAsync(Given.Plan(runs), new SubmitOptions { Known = known });

        string Where(string id) => report.Waiting.Contains(id) ? "waiting" : report.Done.Contains(id) ? "done" : report.Left.Contains(id) ? "left" : report.Requeued.Contains(id) ? "requeued" : "?";
        Assert.Equal(expected, string.Join(' ', runs.Select(r => Where(r.Id))));
        Assert.Equal(runs.Length, report.Waiting.Count + report.Done.Count + report.Left.Count + report.Requeued.Count + report.Added.Count);
    }

    [Fact]
    public async Task A_run_whose_files_are_being_published_is_not_queued_again()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.EndAttemptAsync(claimed.Lease, Given.Success());

        var report = await Registry.SubmitAsync(Given.Plan(Given.Run("a")), new SubmitOptions { Known = Known.Rerun });

        Assert.Equal(["a"], report.Waiting);
        Assert.True(await Registry.RecordPublishedAsync(claimed.Lease));
    }

    [Fact]
    public async Task A_pending_run_executes_as_it_is_declared_last()
    {
        await Registry.SubmitAsync(Given.Run("a", experiment: Given.Experiment(target: "old.py")));
        await Registry.SubmitAsync(Given.Run("a", experiment: Given.Experiment(target: "new.py", gpus: 2)));

        Assert.Empty(await Registry.ClaimAsync(gpusMax: 1));
        Assert.Equal("new.py", Assert.Single(await Registry.ClaimAsync(gpusMax: 2)).Experiment.Launch.Target);
    }

    [Fact]
    public async Task A_collection_has_its_target_runs_and_claims_also_its_added_inputs()
    {
        var teacher = Given.Run("teacher");
        await Registry.SubmitAsync(Given.Plan("Others", Given.Run("other", priority: 1000)), new SubmitOptions());
        var report = await Registry.SubmitAsync(Given.Plan("Students", Given.Run("student", inputs: teacher)), new SubmitOptions());

        Assert.Equal(["student"], (await Registry.ListAsync(new RunFilter { Collection = "Students" })).Ids());
        Assert.Equal("1 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync(new RunFilter { Collection = "Students" }));
        Assert.Equal(["teacher"], (await Registry.ClaimAsync(count: 9, collection: report.Collection)).Ids());
    }

    [Fact]
    public async Task An_added_input_that_is_submitted_itself_belongs_to_the_collection()
    {
        var teacher = Given.Run("teacher");
        await Registry.SubmitAsync(Given.Run("student", inputs: teacher));
        await Registry.SubmitAsync(teacher);

        Assert.Equal(["teacher", "student"], (await Registry.ListAsync(new RunFilter { Collection = "Sweep" })).Ids());
        Assert.Equal("2 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync(new RunFilter { Collection = "Sweep" }));
    }

    [Fact]
    public async Task A_known_run_joins_the_collection_it_is_submitted_with()
    {
        await Registry.SubmitAsync(Given.Plan("First", Given.Run("a")), new SubmitOptions());
        var second = await Registry.SubmitAsync(Given.Plan("Second", Given.Run("a")), new SubmitOptions());

        Assert.Equal(["a"], (await Registry.ClaimAsync(collection: second.Collection)).Ids());
        Assert.Equal("0 pending, 1 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync(new RunFilter { Collection = "Second" }));
        Assert.Equal("0 pending, 1 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync(new RunFilter { Collection = "First" }));
    }

    [Fact]
    public async Task Targets_are_the_experiments_and_the_collections()
    {
        var teacher = Given.Run("teacher", experiment: Given.Experiment("pretrain"));
        await Registry.SubmitAsync(Given.Plan("Students", Given.Run("s1", inputs: teacher), Given.Run("s2")), new SubmitOptions());

        var targets = await Registry.TargetsAsync();

        Assert.Equal(["pretrain 1 True", "classifier 2 True", "Students 2 False"], targets.OrderByDescending(t => t.IsExperiment).ThenBy(t => t.Runs).Select(t => $"{t.Name} {t.Runs} {t.IsExperiment}"));
        Assert.Equal(["classifier"], targets.Single(t => t.Name == "Students").Experiments.Select(e => e.Name));
    }

    [Fact]
    public async Task Definitions_are_stored_once()
    {
        await Registry.SubmitAsync([.. Enumerable.Range(0, 20).Select(i => Given.Run($"r{i}", experiment: Given.Experiment()))]);
        await Registry.SubmitAsync([.. Enumerable.Range(20, 20).Select(i => Given.Run($"r{i}", experiment: Given.Experiment()))]);

        using var database = Storage.Database.OpenReader(Registry.File);
        Assert.Equal(1, database.Scalar("SELECT count(*) FROM definition"));
    }
}
