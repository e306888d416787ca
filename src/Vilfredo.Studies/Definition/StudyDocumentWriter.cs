using System.Buffers;
using System.Text;
using System.Text.Json;
using Vilfredo.IO;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>Writes a definition as JSON with the keys of a study file.</summary>
internal static class StudyDocumentWriter
{
    /// <summary>The definition as one line of JSON.</summary>
    public static string Write(StudyDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        // YAML does not know JSON's \uXXXX surrogate pairs' meaning in all readers: write text as it is.
        var options = new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("name", definition.Name);
            WriteKnobs(json, definition.Space);
            WriteObjectives(json, definition);
            WriteMetrics(json, definition);
            WriteTexts(json, "constraints", definition.Space.Constraints.Concat(definition.MeasuredConstraints).Select(c => c.Text));
            if (definition.Command is { } command) WriteCommand(json, command);
            json.WriteStartObject("sampler");
            json.WriteString("name", definition.Sampler.Name);
            foreach (var (name, value) in definition.Sampler.Options) json.WriteNumber(name, value);
            foreach (var (name, word) in definition.Sampler.Choices) json.WriteString(name, word);
            json.WriteEndObject();
            if (definition.Preference is { } preference) PreferenceDocument.Write(json, preference);
            if (definition.Pruner is { } pruner)
            {
                json.WriteStartObject("pruner");
                json.WriteString("name", pruner.Name);
                foreach (var (name, value) in pruner.Options) json.WriteNumber(name, value);
                json.WriteEndObject();
            }

            BudgetDocument.Write(json, definition.Budget);
            json.WriteStartObject("repeats");
            json.WriteBoolean("auto", definition.Repeats.Auto);
            json.WriteNumber("per_trial", definition.Repeats.PerTrial);
            json.WriteNumber("maximum", definition.Repeats.Maximum);
            json.WriteEndObject();
            if (definition.TimeLimit is { } limit) json.WriteString("time_limit", Durations.Format(limit));
            json.WriteNumber("parallelism", definition.Parallelism);
            json.WriteNumber("seed", (long)definition.Seed);
            json.WriteBoolean("deterministic", definition.Deterministic);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteKnobs(Utf8JsonWriter json, SearchSpace space)
    {
        json.WriteStartObject("knobs");
        foreach (var knob in space.Knobs)
        {
            json.WriteStartObject(knob.Name);
            switch (knob)
            {
                case FloatKnob f:
                    json.WriteString("type", "float");
                    json.WriteNumber("low", f.Low);
                    json.WriteNumber("high", f.High);
                    if (f.Log) json.WriteBoolean("log", true);
                    if (f.Step is { } step) json.WriteNumber("step", step);
                    break;
                case IntegerKnob i:
                    json.WriteString("type", "integer");
                    json.WriteNumber("low", i.Low);
                    json.WriteNumber("high", i.High);
                    if (i.Log) json.WriteBoolean("log", true);
                    if (i.Step != 1) json.WriteNumber("step", i.Step);
                    break;
                case CategoricalKnob c:
                    json.WriteString("type", "categorical");
                    WriteTexts(json, "choices", c.Choices);
                    break;
                case OrderKnob o:
                    json.WriteString("type", "order");
                    WriteTexts(json, "items", o.Items);
                    json.WriteString("separator", o.Separator);
                    break;
            }

            if (knob.When is { } when) json.WriteString("when", when.Text);
            if (knob.Default is { } standard) json.WriteString("default", standard.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteObjectives(Utf8JsonWriter json, StudyDefinition definition)
    {
        json.WriteStartObject("objectives");
        foreach (var goal in definition.Objectives)
        {
            var (objective, source) = goal;
            json.WriteStartObject(objective.Name);
            json.WriteString("direction", objective.Direction == Direction.Maximize ? "maximize" : "minimize");
            if (objective.Unit is { } unit) json.WriteString("unit", unit);
            WriteSource(json, source);
            if (goal.Gradient is { } gradient) json.WriteString("gradient", gradient.Path);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, StudyDefinition definition)
    {
        if (definition.Metrics.Count == 0) return;
        json.WriteStartObject("metrics");
        foreach (var (name, unit, source) in definition.Metrics)
        {
            json.WriteStartObject(name);
            if (unit is not null) json.WriteString("unit", unit);
            WriteSource(json, source);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, MetricSource? source)
    {
        if (source is null) return;
        if (MetricSourceNames.NameOf(source) is { } name)
        {
            json.WriteString("from", name);
            return;
        }

        json.WriteStartObject("from");
        foreach (var (key, value) in MetricSourceNames.SettingsOf(source)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteCommand(Utf8JsonWriter json, CommandDefinition command)
    {
        if (command.Template.IsShell)
        {
            json.WriteString("shell", command.Template.Arguments[0].Template);
        }
        else
        {
            json.WriteStartArray("command");
            foreach (var argument in command.Template.Arguments)
            {
                if (argument.Condition is null)
                {
                    json.WriteStringValue(argument.Template);
                    continue;
                }

                json.WriteStartObject();
                json.WriteString("when", argument.Condition);
                WriteTexts(json, "args", [argument.Template]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (command.Setup.Count > 0) WriteTexts(json, "setup", command.Setup);
        if (command.Environment.Count > 0)
        {
            json.WriteStartObject("environment");
            foreach (var (name, value) in command.Environment) json.WriteString(name, value);
            json.WriteEndObject();
        }

        if (command.Directory is not null) json.WriteString("directory", command.Directory);
        if (command.StandardInput is not null) json.WriteString("stdin", command.StandardInput);
        if (command.StandardOutput is not null) json.WriteString("stdout", command.StandardOutput);
        if (command.Intermediate is { } intermediate) json.WriteString("intermediate", intermediate.Pattern);
    }

    private static void WriteTexts(Utf8JsonWriter json, string property, IEnumerable<string> texts)
    {
        json.WriteStartArray(property);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
