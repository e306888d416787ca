using System.Text.Json;
using CsCheck;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public sealed class OutputJudgeTests
{
    [Theory]
    [InlineData("3", "3")]
    [InlineData("3", "3.0")]
    [InlineData("3.0", "3")]
    [InlineData("0.3", "0.30000000000000004")]
    [InlineData("0.0", "0.0000005")]
    [InlineData("0", "0.0000005")]
    [InlineData("1e12", "1000000000000.5")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("{\"$float\": \"NaN\"}", "{\"$float\":\"NaN\"}")]
    [InlineData("{\"$float\": \"-Infinity\"}", "{\"$float\":\"-Infinity\"}")]
    [InlineData("null", "null")]
    [InlineData("\"\\u0041\"", "\"A\"")]
    [InlineData("[1, [2.0, true]]", "[1,[2,true]]")]
    [InlineData("{\"$set\": [1, 2.5]}", "{\"$set\":[2.5000001,1.0]}")]
    [InlineData("{\"a\": 1, \"b\": [2]}", "{\"b\":[2],\"a\":1}")]
    [InlineData("{\"1\": 2}", "{\"$map\":[[1,2]]}")]
    [InlineData("{\"$map\": [[[1, 2], 3]]}", "{\"$map\":[[[1,2],3]]}")]
    public void Equal_outputs_are_right(string expected, string actual) => Assert.Null(Difference(EqualOutput.Default, expected, actual));

    [Theory]
    [InlineData("3", "4", "4 instead of 3")]
    [InlineData("3", "\"3\"", "instead of")]
    [InlineData("1", "true", "instead of")]
    [InlineData("true", "false", "instead of")]
    [InlineData("null", "0", "instead of")]
    [InlineData("0", "0.000002", "instead of")]
    [InlineData("0.1", "0.10001", "instead of")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", "instead of")]
    [InlineData("1.5", "{\"$float\": \"NaN\"}", "instead of")]
    [InlineData("{\"$float\": \"Infinity\"}", "1e308", "instead of")]
    [InlineData("[1, 2]", "[2,1]", "at [0]: 2 instead of 1")]
    [InlineData("[1, 2]", "[1]", "1 items instead of 2")]
    [InlineData("[1]", "[1,2]", "2 items instead of 1")]
    [InlineData("[[1], [2, 3]]", "[[1],[2,4]]", "at [1][1]: 4 instead of 3")]
    [InlineData("{\"$set\": [1, 1, 2]}", "{\"$set\": [1, 2, 2]}", "there is no 1")]
    [InlineData("[1]", "{\"$set\": [1]}", "instead of")]
    [InlineData("{\"a\": 1}", "{\"b\": 1}", "no key a")]
    [InlineData("{\"a\": 1}", "{\"a\": 1, \"b\": 1}", "key b too many")]
    [InlineData("{\"a\": [1]}", "{\"a\": [2]}", "at [a][0]")]
    public void Other_outputs_are_wrong_and_the_place_is_named(string expected, string actual, string part) =>
        Assert.Contains(part, Difference(EqualOutput.Default, expected, actual));

    [Fact]
    public void Tolerance_and_order_are_the_problem_s()
    {
        Assert.Null(Difference(new EqualOutput(new EqualityOptions { AbsoluteTolerance = 0.01 }), "1.0", "1.009"));
        Assert.NotNull(Difference(new EqualOutput(new EqualityOptions { AbsoluteTolerance = 0, RelativeTolerance = 0 }), "0.3", "0.30000000000000004"));
        Assert.Null(Difference(new EqualOutput(new EqualityOptions { AnyOrder = true }), "[[1, 2], [3]]", "[[3], [2, 1]]"));
        Assert.Null(Difference(new OneOf(EqualOutput.Default), "[[1, 2], [2, 1]]", "[2, 1]"));
        Assert.NotNull(Difference(new OneOf(EqualOutput.Default), "[[1, 2], [2, 1]]", "[1, 1]"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EqualOutput(new EqualityOptions { AbsoluteTolerance = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EqualOutput(new EqualityOptions { RelativeTolerance = double.NaN }));
    }

    [Fact]
    public void In_any_order_every_shuffle_is_right_and_every_changed_item_wrong() => Gen.Int[0, 5].List[1, 20].SelectMany(items => Gen.Shuffle(items.ToArray()).Select(shuffled => (items, shuffled))).Sample(pair =>
    {
        var checker = new EqualOutput(new EqualityOptions { AnyOrder = true });
        var expected = JsonSerializer.Serialize(pair.items.Select(item => item + 0.25));
        Assert.Null(Difference(checker, expected, JsonSerializer.Serialize(pair.shuffled.Select(item => item + 0.25 + 1e-9))));
        pair.shuffled[0] += 1;
        Assert.NotNull(Difference(checker, expected, JsonSerializer.Serialize(pair.shuffled.Select(item => item + 0.25))));
    });

    [Fact]
    public void A_sample_is_right_when_all_its_calls_are_and_it_ended_well()
    {
        CodeTest[] tests = [new(Json("[1]"), Json("1")), new(Json("[2]"), Json("2"))];
        var right = Returned("1");
        Assert.Equal(SampleVerdict.Correct, Verdict(SampleVerdict.Completed, right, Returned("2")));
        Assert.Equal(SampleVerdict.WrongAnswer, Verdict(SampleVerdict.Completed, right, Returned("3")));
        Assert.Equal(SampleVerdict.WrongAnswer, Verdict(SampleVerdict.TimeLimit, Returned("3"), new CallResult { Verdict = SampleVerdict.TimeLimit }));
        Assert.Equal(SampleVerdict.TimeLimit, Verdict(SampleVerdict.TimeLimit, right, new CallResult { Verdict = SampleVerdict.TimeLimit }));
        Assert.Equal(SampleVerdict.OutputLimit, Verdict(SampleVerdict.OutputLimit, right, Returned("2")));
        Assert.Equal(SampleVerdict.CompileError, Verdict(SampleVerdict.CompileError, CallResult.NotRun, CallResult.NotRun));
        Assert.Throws<ArgumentException>(() => Verdict(SampleVerdict.Completed, right));

        SampleVerdict Verdict(SampleVerdict run, params CallResult[] calls) => OutputJudge.Judge(new SampleRun { Verdict = run, Calls = calls }, tests).Verdict;
    }

    private static CallResult Returned(string output) => new() { Verdict = SampleVerdict.Completed, Output = Json(output) };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static string? Difference(IOutputChecker checker, string expected, string actual) => checker.Check(Json("[]"), Json(expected), Json(actual)).Difference;
}
