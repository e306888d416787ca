namespace Vilfredo.Reproductions.Tests;

/// <summary>What holds for every study of the library, and the smoke run of each.</summary>
public class LibraryTests
{
    public static TheoryData<string> Slugs => [.. ReproductionCatalog.Library.All.Select(study => study.Paper.Slug)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_study_is_complete(string slug)
    {
        var study = ReproductionCatalog.Library.Find(slug)!;
        Assert.Equal(2, study.Objectives.Count);
        Assert.Contains(study.Methods, method => method.IsBaseline);
        Assert.Distinct(study.Methods.Select(method => method.Name));
        Assert.Distinct(study.Claims.Select(claim => claim.Text.Id));
        Assert.NotEmpty(study.Claims);
        Assert.NotEmpty(study.Setting);
        Assert.NotEmpty(study.Use);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_smoke_run_measures_the_objectives_and_judges_every_claim(string slug)
    {
        var study = ReproductionCatalog.Library.Find(slug)!;
        var results = ReproductionRunner.Run(study, Scale.Smoke, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(study.Units(Scale.Smoke).Count, results.Results.Count);
        Assert.NotEmpty(results.Frontier(study.Objectives).NonDominated);
        Assert.All(study.Claims, claim => Assert.Equal(claim.Text.Id, claim.Judge(results).Id));
    }

    [Fact]
    public void The_printed_toy_example_of_the_Sharpe_ratio_comes_out() => Assert.Equal(
        Verdict.Holds, Judge("sharpe-ratio-at-k", "toy-identities").Verdict);

    [Fact]
    public void Three_printed_backbones_do_not_have_the_printed_cost_of_pass()
    {
        var result = Judge("efficient-agents", "backbones");
        Assert.Equal(Verdict.Fails, result.Verdict);
        Assert.StartsWith("3 of 6 numbers differ: GPT-4.1 is 1.322, printed 0.98", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_printed_options_assemble_to_the_published_configuration() =>
        Assert.Equal(Verdict.Holds, Judge("efficient-agents", "assembly").Verdict);

    [Theory]
    [InlineData("board-scores")]
    [InlineData("board-win-rates")]
    [InlineData("board-normalized")]
    [InlineData("board-frontier")]
    public void The_published_board_of_EvalPerf_follows_from_its_tasks(string claim) => Assert.Equal(Verdict.Holds, Judge("evalperf", claim).Verdict);

    [Theory]
    [InlineData("inference-energy", Verdict.Holds)]
    [InlineData("portfolio-year", Verdict.Holds)]
    [InlineData("scenario-energy", Verdict.Holds)]
    [InlineData("other-criteria", Verdict.Holds)]
    [InlineData("required-hardware", Verdict.Holds)]
    [InlineData("other-criteria-breakthrough", Verdict.Fails)]
    [InlineData("effect-of-agents", Verdict.Fails)]
    public void Printed_impacts_of_AI_portfolios_come_out_where_the_printed_inputs_give_them(string claim, Verdict verdict) =>
        Assert.Equal(verdict, Judge("ai-environmental-impact", claim).Verdict);

    [Fact]
    public void No_score_of_ENAMEL_depends_on_a_limit_above_its_own() => Assert.Equal(Verdict.Holds, Judge("enamel", "smaller-alpha-afterwards").Verdict);

    [Fact]
    public void An_unknown_slug_has_no_study() => Assert.Null(ReproductionCatalog.Library.Find("nothing"));

    private static ClaimResult Judge(string slug, string claim)
    {
        var study = ReproductionCatalog.Library.Find(slug)!;
        var results = ReproductionRunner.Run(study, Scale.Smoke, cancellation: TestContext.Current.CancellationToken);
        return study.Claims.Single(c => c.Text.Id == claim).Judge(results);
    }
}
