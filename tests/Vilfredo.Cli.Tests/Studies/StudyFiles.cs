using Vilfredo.Studies;

namespace Vilfredo.Cli.Tests.Studies;

/// <summary>Small study files whose commands need nothing but a shell.</summary>
internal static class StudyFiles
{
    /// <summary>The file in which the commands keep their studies unless told otherwise.</summary>
    public const string Storage = "vilfredo.db";

    /// <summary>Two objectives that are two of the knobs, printed as text; <c>{0}</c> is the shell code that runs before.</summary>
    public static string Printing(string name = "tiny", int trials = 8, string before = ":", string settings = "sampler: random\nseed: 1")
    {
        // Braces of the shell are not placeholders.
        before = before.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        return $$"""
            name: {{name}}
            knobs:
              n: { type: integer, low: 1, high: 1000 }
              x: { type: float, low: 0, high: 1 }
              tool: { choices: [a, b] }
            objectives:
              cost: { unit: USD, from: { regex: 'cost=([^ ]+)' } }
              accuracy: { direction: maximize, from: { regex: 'acc=([^ ]+)' } }
            command:
              - sh
              - -c
              - |
                {{before}}
                echo cost=$2 acc=$3
              - sh
              - "{trial}"
              - "{n}"
              - "{x}"
              - "{attempt}"
            budget: { trials: {{trials}} }
            {{settings}}

            """;
    }

    /// <summary>Reads a study that a command has written.</summary>
    public static T Read<T>(this Cli cli, string study, Func<StudyState, T> reader, string storage = Storage)
    {
        using var store = new SqliteStorage(Path.Combine(cli.Directory, storage), StorageAccess.Read);
        using var opened = Study.Open(store, study);
        return opened.Read(reader);
    }

    /// <summary>Creates a study whose trials have the given values of cost (to be minimised, USD) and accuracy (to be maximised).</summary>
    public static Cli WithResults(this Cli cli, string name, params double[][] values)
    {
        using var store = new SqliteStorage(Path.Combine(cli.Directory, Storage));
        var definition = StudyDocument.Parse(Printing(name, trials: Math.Max(1, values.Length)), "study.yaml");
        using var study = Study.Create(definition, store);
        for (var i = 0; i < values.Length; i++)
        {
            var configuration = new Configuration([new("n", KnobValue.Integer(i + 1)), new("x", KnobValue.Float(0.5)), new("tool", KnobValue.Choice("a"))]);
            study.Add(configuration, TrialOutcome.Measured(values[i]));
        }

        return cli;
    }

    /// <summary>The configurations in the order of the trials.</summary>
    public static string[] Configurations(StudyState state) => [.. state.Trials.Select(t => t.Configuration.ToString())];
}
