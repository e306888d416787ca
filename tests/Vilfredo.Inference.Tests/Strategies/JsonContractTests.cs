using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Contracts;

namespace Vilfredo.Inference.Tests.Strategies;

public class JsonContractTests
{
    private const string Person = """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":0}},"required":["name","age"],"additionalProperties":false}""";

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", false)]
    [InlineData("""  [1, 2]  """, """[1,2]""", false)]
    [InlineData("Sure! Here it is:\n```json\n{\"a\": 1}\n```\nAnything else?", """{"a":1}""", true)]
    [InlineData("""{"a": 1, "b": [1, 2,],}""", """{"a":1,"b":[1,2]}""", true)]
    [InlineData("""{'a': 'it''s', 'b': "x"}""", """{"a":"it''s","b":"x"}""", true)]
    [InlineData("""{'a': 'it's so'}""", """{"a":"it's so"}""", true)]
    [InlineData("""{a: True, b: None, c_1: False}""", """{"a":true,"b":null,"c_1":false}""", true)]
    [InlineData("{\u201Ca\u201D: \u201Cb\u201D}", """{"a":"b"}""", true)]
    [InlineData("{\"a\": \"two\nlines\"}", """{"a":"two\nlines"}""", true)]
    [InlineData("{\"a\": 1 /* one */, // more\n \"b\": 2}", """{"a":1,"b":2}""", true)]
    [InlineData("""{"a": [1, {"b": "cut off""", """{"a":[1,{"b":"cut off"}]}""", true)]
    [InlineData("""{"a": 1, "b":""", """{"a":1,"b":null}""", true)]
    [InlineData("""{"a": 1,""", """{"a":1}""", true)]
    [InlineData("""{"a": "say \"hi\" {now}"} and {"b": 2}""", """{"a":"say \"hi\" {now}"}""", true)]
    [InlineData("The set {x | x > 0} is {\"a\": 3}", """{"a":3}""", true)]
    [InlineData("no JSON at all", null, true)]
    [InlineData("{]", null, true)]
    [InlineData("", null, true)]
    public void Json_is_read_with_what_models_get_wrong(string text, string? json, bool isRepaired)
    {
        var value = JsonRepair.Read(text, out var repaired);
        Assert.Equal(isRepaired, repaired);
        if (json is null)
            Assert.Null(value);
        else
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), value!.Value), value.Value.GetRawText());
    }

    [Fact]
    public void Reading_never_fails_and_leaves_json_as_it_is()
    {
        Gen.OneOf("{", "}", "[", "]", "\"", "'", ",", ":", "1", "a", " ", "\\", "/", "*", "\n", "-", ".").Array[0, 30].Select(string.Concat).Sample(text => _ = JsonRepair.Read(text, out _));
        Gen.Dictionary(Gen.String, Gen.Double[-1e6, 1e6])[0, 5].Sample(values =>
        {
            var json = JsonSerializer.Serialize(values);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), JsonRepair.Read(json, out var isRepaired)!.Value) && !isRepaired);
            // And within words.
            Assert.True(values.Count == 0 || JsonElement.DeepEquals(JsonElement.Parse(json), JsonRepair.Read($"It is {json}.", out _)!.Value));
        });
        var deep = JsonRepair.Read(new string('[', 100_000), out _);
        Assert.Null(deep);
    }

    [Theory]
    [InlineData(Person, """{"name":"Jo","age":7}""")]
    [InlineData(Person, """{"name":"Jo","age":7.0}""")]
    [InlineData(Person, """{"name":"Jo"}""", "$ has no 'age'")]
    [InlineData(Person, """{"name":1,"age":-1,"x":2}""", "$.name is a number; it must be a string", "$.age is -1; it must be at least 0", "$ must not have 'x'")]
    [InlineData(Person, "[]", "$ is an array; it must be an object")]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/n"},"minItems":2,"$defs":{"n":{"type":["number","null"]}}}""", "[1,null]")]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/n"},"minItems":2,"$defs":{"n":{"type":["number","null"]}}}""", """["x"]""", "$ has 1 items; it must have at least 2", "$[0] is a string; it must be a number or null")]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", """$ is "c"; it must be one of ["a","b"]""")]
    [InlineData("""{"const":3}""", "3")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "$ fits none of the 2 forms that are allowed; of one, $ is a number; it must be a string")]
    [InlineData("""{"oneOf":[{"type":"number"},{"minimum":2}]}""", "3", "$ fits 2 forms of which it must fit one")]
    [InlineData("""{"allOf":[{"minimum":2},{"maximum":4}]}""", "5", "$ is 5; it must be at most 4")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"abc\"", "$ has 3 characters; it must have at most 2")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"a":1.5}""", "$.a is a number; it must be an integer")]
    [InlineData("""{"$ref":"#"}""", "1")] // leads nowhere, and ends
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"required":["v"]}""", """{"v":1,"next":{"v":2,"next":{}}}""", "$.next.next has no 'v'")]
    [InlineData("{}", "1")]
    public void What_does_not_fit_a_schema_is_said_with_its_place(string schema, string value, params string[] problems) =>
        Assert.Equal(problems, JsonSchemaCheck.Problems(JsonElement.Parse(value), JsonElement.Parse(schema)));

    [Fact]
    public void Only_what_is_beyond_doubt_is_mended()
    {
        var schema = JsonElement.Parse(Person);
        Assert.Equal("""{"name":"Jo","age":7}""", JsonSchemaCheck.Mend(JsonElement.Parse("""{"name":"Jo","age":" 7","x":1}"""), schema)!.Value.GetRawText());
        Assert.Null(JsonSchemaCheck.Mend(JsonElement.Parse("""{"name":"Jo","age":"seven"}"""), schema));
        Assert.Null(JsonSchemaCheck.Mend(JsonElement.Parse("""{"name":"7","age":7}"""), schema));
        Assert.Equal("[true,1.5]", JsonSchemaCheck.Mend(JsonElement.Parse("""["True","1.5"]"""), JsonElement.Parse("""{"items":{"type":["number","boolean"]}}"""))!.Value.GetRawText());
    }

    [Fact]
    public async Task An_answer_that_fits_is_returned_in_its_own_words_and_one_that_can_be_repaired_is()
    {
        Assert.Equal(("""{ "name": "Jo",  "age": 7 }""", 1), await Ask("""{ "name": "Jo",  "age": 7 }"""));
        Assert.Equal(("""{"name": "Jo", "age": 7}""", 1), await Ask("```json\n{\"name\": \"Jo\", \"age\": 7,}\n```"));
        Assert.Equal(("""{"name":"Jo","age":7}""", 1), await Ask("""{"name": "Jo", "age": "7"}"""));
    }

    [Fact]
    public async Task What_cannot_be_repaired_is_asked_for_once_more_with_what_is_wrong()
    {
        var model = new ScriptedChatClient("""{"name": "Jo"}""", """{"name": "Jo", "age": 7}""");
        Assert.Equal(("""{"name": "Jo", "age": 7}""", 2), await Ask(model));
        Assert.Contains("$ has no 'age'", model.Calls[1].Last, StringComparison.Ordinal);
        Assert.Contains(Person, model.Calls[1].Last, StringComparison.Ordinal);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.User], model.Calls[1].Messages.Select(message => message.Role));
        Assert.All(model.Calls, call => Assert.IsType<ChatResponseFormatJson>(call.Options!.ResponseFormat));
    }

    [Fact]
    public async Task After_a_second_failure_the_first_answer_is_returned_with_a_warning()
    {
        using var client = new StrategyChatClient(new ScriptedChatClient("I would rather not.", "Still not."), new JsonContractStrategy(StrategyPoint.Parse("single")));
        var response = await client.GetResponseAsync("Who?", Format());
        Assert.Equal("I would rather not.", response.Text);
        Assert.Contains("it is no JSON", Assert.Single(StrategyAnswer.Of(response)!.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, StrategyAnswer.Of(response)!.Calls.Leaves.Count());
    }

    [Fact]
    public async Task It_holds_for_any_strategy_and_leaves_other_answers_alone()
    {
        var model = new ScriptedChatClient("""{"name": "Jo", "age": 7,}""", """{"name": "Jo", "age": 7,}""", """{"name": "Al", "age": 8}""");
        using var vote = new StrategyChatClient(model, new JsonContractStrategy(StrategyPoint.Parse("majority_voting:n=3:answer=text")));
        var response = await vote.GetResponseAsync("Who?", Format());
        Assert.Equal("""{"name": "Jo", "age": 7}""", response.Text);
        var answer = StrategyAnswer.Of(response)!;
        Assert.Equal(("json_contract", 3, 2.0 / 3), (answer.Strategy, answer.Calls.Leaves.Count(), answer.Outcome.Confidence));
        // The account is of all calls, and not doubled.
        Assert.Equal(30, response.Usage!.InputTokenCount);

        using var plain = new StrategyChatClient(new ScriptedChatClient("{'a': 1}"), new JsonContractStrategy(StrategyPoint.Parse("single")));
        Assert.Equal("{'a': 1}", (await plain.GetResponseAsync("Who?")).Text);
        using var loose = new StrategyChatClient(new ScriptedChatClient("{'a': 1}"), new JsonContractStrategy(StrategyPoint.Parse("single")));
        Assert.Equal("{\"a\": 1}", (await loose.GetResponseAsync("Who?", new() { ResponseFormat = ChatResponseFormat.Json })).Text);
        var calls = new ScriptedChatClient(_ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "f")]))));
        using var tool = new StrategyChatClient(calls, new JsonContractStrategy(StrategyPoint.Parse("single")));
        Assert.Single((await tool.GetResponseAsync("Who?", Format())).Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Single(calls.Calls);
    }

    [Fact]
    public async Task Files_can_name_a_schema_and_what_is_wrong_is_said()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Person);
            InferenceStrategy Build(params (string, string)[] knobs) => StrategyCatalog.Build("json_contract", knobs.ToDictionary(knob => knob.Item1, knob => knob.Item2));
            using var client = new StrategyChatClient(new ScriptedChatClient("{name: 'Jo', age: 7}"), Build(("schema", path)));
            Assert.Equal("""{"name": "Jo", "age": 7}""", (await client.GetResponseAsync("Who?")).Text);
            Assert.Equal(new CallPlan(3, 4, 2), Build(("inner", "majority_voting:n=3")).Plan);
            Assert.Contains("no way to answer", Assert.Throws<FormatException>(() => Build(("inner", "x:nothing"))).Message);
            Assert.Contains("contract", Assert.Throws<FormatException>(() => Build(("inner", "json_contract"))).Message);
            await File.WriteAllTextAsync(path, "[");
            Assert.Contains("JSON schema", Assert.Throws<FormatException>(() => Build(("schema", path))).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ChatOptions Format() => new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Person)) };

    private static Task<(string Text, int Calls)> Ask(string answer) => Ask(new ScriptedChatClient(answer));

    private static async Task<(string Text, int Calls)> Ask(ScriptedChatClient model)
    {
        using var client = new StrategyChatClient(model, new JsonContractStrategy(StrategyPoint.Parse("single")));
        return ((await client.GetResponseAsync("Who?", Format())).Text, model.Calls.Count);
    }
}
