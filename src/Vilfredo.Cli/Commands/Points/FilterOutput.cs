using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>Writes the points that a filter kept.</summary>
internal sealed class FilterOutput(Terminal terminal, bool asJson)
{
    /// <summary>Writes the lines as they were, a blank line between groups; or the values as JSON.</summary>
    public int Write(IReadOnlyList<FilteredGroup> groups)
    {
        if (asJson)
            WriteJson(groups);
        else
            WriteText(groups);
        return ExitCode.Success;
    }

    private void WriteText(IReadOnlyList<FilteredGroup> groups)
    {
        using var buffer = new MemoryStream();
        if (groups[0].Sets[0].File.Header is { } header)
            terminal.Output.WriteLine(header);
        for (var i = 0; i < groups.Count; i++)
        {
            if (i > 0)
                buffer.WriteByte((byte)'\n');
            foreach (var (set, row) in groups[i].Points())
            {
                buffer.Write(set.Source.Text(row));
                buffer.WriteByte((byte)'\n');
            }
        }

        terminal.WriteBytes(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private void WriteJson(IReadOnlyList<FilteredGroup> groups) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteNumber("points", group.Sets.Sum(set => set.Source.Count));
            json.WriteStartArray("frontier");
            foreach (var (set, row) in group.Points())
            {
                json.WriteStartObject();
                json.WriteString("file", set.File.Source);
                json.WriteNumber("line", set.Source.Line(row));
                json.WriteMeasurements("values", set.Source.Point(row));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
