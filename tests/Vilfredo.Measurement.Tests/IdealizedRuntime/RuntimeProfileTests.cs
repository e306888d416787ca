using CsCheck;
using Vilfredo.IO;
using Vilfredo.Measurement.IdealizedRuntime;

namespace Vilfredo.Measurement.Tests.IdealizedRuntime;

public class RuntimeProfileTests
{
    private static readonly RuntimeProfile Profile = new(
        "m", "h", "s", 0.01, new Dictionary<int, double> { [100] = 0.2, [1] = 0.05, [200] = 0.5 });

    [Fact]
    public void Times_at_profiled_lengths_are_returned_unchanged()
    {
        foreach (var rule in Enum.GetValues<PromptRule>())
        {
            Assert.Equal(0.05, Profile.SecondsForPrompt(1, rule));
            Assert.Equal(0.2, Profile.SecondsForPrompt(100, rule));
            Assert.Equal(0.5, Profile.SecondsForPrompt(200, rule));
        }
    }

    [Theory]
    [InlineData(0, 0.05, 0)]
    [InlineData(50, 0.05 + 0.15 * 49 / 99, 0.1)]
    [InlineData(150, 0.35, 0.375)]
    [InlineData(300, 0.8, 0.75)]
    public void Between_and_beyond_them_the_rules_differ(int tokens, double interpolated, double helm)
    {
        Assert.Equal(interpolated, Profile.SecondsForPrompt(tokens), 1e-12);
        Assert.Equal(helm, Profile.SecondsForPrompt(tokens, PromptRule.Helm), 1e-12);
    }

    [Fact]
    public void No_output_takes_as_long_as_one_token() => Gen.Int[0, 3000].Sample(prompt =>
    {
        Assert.Equal(Profile.Estimate(prompt, 1), Profile.Estimate(prompt, 0));
        Assert.Equal(Profile.Estimate(prompt, 1) + 9 * 0.01, Profile.Estimate(prompt, 10), 1e-12);
    });

    [Fact]
    public void Interpolation_of_rising_times_is_monotone_where_HELMs_rule_is_not()
    {
        Assert.True(PublishedProfiles.Idealized().TryGet("openai/davinci", out var davinci));
        Assert.Equal(0.084, davinci.SecondsForPrompt(1, PromptRule.Helm));
        Assert.Equal(0.054, davinci.SecondsForPrompt(10, PromptRule.Helm), 0.0005);
        // The published times themselves fall once, from 428 to 472 tokens.
        for (var p = 1; p < 428; p++) Assert.True(davinci.SecondsForPrompt(p) <= davinci.SecondsForPrompt(p + 1) + 1e-12, $"{p}");
    }

    [Fact]
    public void A_profile_of_one_length_and_one_with_a_falling_end_stay_constant_beyond()
    {
        Assert.Equal(0.3, new RuntimeProfile("m", "", "", 0, new Dictionary<int, double> { [8] = 0.3 }).SecondsForPrompt(100));
        Assert.Equal(0.2, new RuntimeProfile("m", "", "", 0, new Dictionary<int, double> { [8] = 0.3, [9] = 0.2 }).SecondsForPrompt(100));
    }

    [Fact]
    public void Overhead_is_part_of_every_request() =>
        Assert.Equal(0.05 + 0.02 + 0.3, new RuntimeProfile("m", "", "", 0.01, new Dictionary<int, double> { [1] = 0.05 }, 0.3).Estimate(1, 3), 1e-12);

    [Fact]
    public void Totals_count_every_request()
    {
        TokenQuery[] queries = [new(100, 11, 3), new(1, 1)];
        Assert.Equal(3 * 0.3 + 0.05, Profile.Total(queries), 1e-12);
    }

    [Fact]
    public void All_completions_count_and_an_echoed_prompt_does_not()
    {
        Assert.Equal(15, TokenQuery.OfCompletions(10, [5, 10]).OutputTokens);
        Assert.Equal(7, TokenQuery.OfCompletions(10, [15, 12, 3], echoesPrompt: true).OutputTokens);
    }

    [Fact]
    public void A_third_of_the_layers_takes_a_third_of_the_time()
    {
        var whole = Profile.Scaled(3, "whole");
        Assert.Equal(3 * Profile.Estimate(150, 20), whole.Estimate(150, 20), 1e-12);
        Assert.Equal("whole", whole.Model);
    }

    [Fact]
    public void Published_profiles_have_the_known_constants()
    {
        var idealized = PublishedProfiles.Idealized();
        Assert.Equal(19, idealized.Profiles.Count);
        Assert.Equal(18, PublishedProfiles.Denoised().Profiles.Count);
        Assert.True(idealized.TryGet("together/bloom", out var bloom));
        Assert.Equal((0.061, 0.068, 0.191), (bloom.SecondsPerOutputToken, bloom.SecondsForPrompt(1), bloom.SecondsForPrompt(512)));
        Assert.Equal(27, bloom.PromptLengths.Count);
        Assert.Equal("A100-80GB", bloom.Hardware);
        Assert.All(PublishedProfiles.Denoised().Profiles, profile => Assert.Equal(profile.SecondsPerOutputToken, profile.SecondsForPrompt(1)));
    }

    [Fact]
    public void A_model_without_a_profile_has_no_estimate()
    {
        Assert.Null(PublishedProfiles.Idealized().Estimate("openai/unknown", 1, 1));
        Assert.Equal(0.084 + 63 * 0.081, PublishedProfiles.Idealized().Estimate("openai/davinci", 1, 64)!.Value, 1e-12);
    }

    [Fact]
    public void Profiles_survive_their_file()
    {
        var profile = RuntimeFit.Fit("a/b", "2 x C", "d", SyntheticRuntimes.Cells(() => 0.1), new RuntimeFitOptions { Mode = FitMode.Denoised });
        using var stream = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            ProfileFile.Write(json, profile);
            json.WriteEndObject();
        }

        var read = Assert.Single(ProfileFile.Read(stream.ToArray(), "p.json").Profiles);
        Assert.Equal((profile.Model, profile.Hardware, profile.Software), (read.Model, read.Hardware, read.Software));
        Assert.Equal((profile.SecondsPerOutputToken, profile.Overhead), (read.SecondsPerOutputToken, read.Overhead));
        Assert.Equal(profile.PromptSeconds, read.PromptSeconds);
    }

    [Theory]
    [InlineData("{", "p.json:1: this is not JSON")]
    [InlineData("[]", "p.json:1: expected an object of models")]
    [InlineData("{\"m\": 1}", "p.json:1: m is no object")]
    [InlineData("{\"m\": {}}", "p.json:1: m has no object runtime_for_prompt_tokens")]
    [InlineData("{\"m\": {\"runtime_for_prompt_tokens\": {\"1\": 1}}}", "p.json:1: m has no runtime_per_output_token")]
    [InlineData("{\"m\": {\"runtime_for_prompt_tokens\": {\"x\": 1}}}", "p.json:1: m, runtime_for_prompt_tokens: \"x\"")]
    [InlineData("{\"m\": {\"runtime_per_output_token\": -1, \"runtime_for_prompt_tokens\": {\"1\": 1}}}", "p.json:1: -1 seconds")]
    [InlineData("{\"m\": {\"runtime_per_output_token\": 1, \"runtime_for_prompt_tokens\": {}}}", "p.json:1: The profile of m has no prompt length")]
    public void Malformed_profiles_are_refused(string json, string message) => Assert.StartsWith(
        message,
        Assert.Throws<InputFormatException>(() => ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(json), "p.json")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("prompt_tokens,output_tokens\n1,1\n", "c:1: there is no column \"seconds\"")]
    [InlineData("prompt_tokens,output_tokens,seconds\n1,1,0\n", "c:2: seconds: 0 is not above 0")]
    [InlineData("prompt_tokens,output_tokens,seconds\n1,1.5,1\n", "c:2: output_tokens: \"1.5\" is not a whole number")]
    [InlineData("prompt_tokens,output_tokens,seconds\n1,1,1\n0,1,1\n", "c:3: prompt_tokens: 0 is below 1")]
    public void Malformed_measurements_are_refused(string csv, string message)
    {
        using var reader = new CsvReader(new StringReader(csv), "c");
        Assert.StartsWith(message, Assert.Throws<InputFormatException>(() => ProfileFile.ReadCells(reader)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_may_have_counts()
    {
        using var reader = new CsvReader(new StringReader("prompt_tokens,output_tokens,count\n10,2,3\n"), "q");
        Assert.Equal([new TokenQuery(10, 2, 3)], ProfileFile.ReadQueries(reader));
        using var negative = new CsvReader(new StringReader("prompt_tokens,output_tokens\n-1,2\n"), "q");
        Assert.StartsWith("q:2:", Assert.Throws<InputFormatException>(() => ProfileFile.ReadQueries(negative)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_no_lengths_or_times_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Profile.Estimate(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Profile.Estimate(1, -1));
        Assert.Throws<ArgumentException>(() => new RuntimeProfile("m", "", "", 1, new Dictionary<int, double> { [0] = 1 }));
        Assert.Throws<ArgumentException>(() => new RuntimeProfile("m", "", "", double.NaN, new Dictionary<int, double> { [1] = 1 }));
        Assert.Throws<ArgumentException>(() => new ProfileSet(Profile, Profile));
        Assert.Throws<ArgumentOutOfRangeException>(() => Profile.Scaled(0, "m"));
    }
}
