using System.Text.Json;
using Vilfredo.Attainment;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>Writes attainment surfaces and differences, with values in the user's direction.</summary>
internal sealed class AttainmentOutput(Terminal terminal, bool asJson, DataSet model)
{
    /// <summary>Writes surfaces: one line per vertex, a blank line between surfaces.</summary>
    public int Write(IEnumerable<AttainmentSurface> surfaces)
    {
        if (asJson)
        {
            terminal.WriteJson(json => WriteJson(json, surfaces));
            return ExitCode.Success;
        }

        var first = true;
        foreach (var surface in surfaces)
        {
            if (!first)
                terminal.Output.WriteLine();
            first = false;
            var vertices = model.Orientation.Flip(surface.Vertices.Span);
            for (var i = 0; i < surface.Count; i++)
                WriteLine(vertices.AsSpan(i * surface.Objectives, surface.Objectives), surface.Percentile);
        }

        return ExitCode.Success;
    }

    /// <summary>Writes a difference: one line per point, or per rectangle.</summary>
    public int Write(AttainmentDifference difference, bool asRectangles)
    {
        if (asRectangles && difference.Objectives != 2)
        {
            throw new UserErrorException(
                $"--rectangles needs 2 objectives, {model.File.Source} has {difference.Objectives}", "Leave the option out.");
        }

        var width = asRectangles ? 4 : difference.Objectives;
        var points = asRectangles ? Corners(difference.Rectangles()) : model.Orientation.Flip(difference.Points.Span);
        var values = asRectangles
            ? difference.Rectangles().Select(rectangle => rectangle.Difference).ToArray()
            : difference.Values.ToArray();
        if (asJson)
        {
            terminal.WriteJson(json => WriteJson(json, asRectangles ? "rectangles" : "points", points, width, values));
            return ExitCode.Success;
        }

        for (var i = 0; i < values.Length; i++)
            WriteLine(points.AsSpan(i * width, width), values[i]);
        return ExitCode.Success;
    }

    /// <summary>Row-major x0 y0 x1 y1, ascending in the user's direction too.</summary>
    private double[] Corners(IReadOnlyList<AttainmentRectangle> rectangles)
    {
        var corners = new double[rectangles.Count * 4];
        for (var i = 0; i < rectangles.Count; i++)
        {
            var (x0, y0, x1, y1, _) = rectangles[i];
            var turned = model.Orientation.Flip([x0, y0, x1, y1]);
            corners[i * 4] = Math.Min(turned[0], turned[2]);
            corners[i * 4 + 1] = Math.Min(turned[1], turned[3]);
            corners[i * 4 + 2] = Math.Max(turned[0], turned[2]);
            corners[i * 4 + 3] = Math.Max(turned[1], turned[3]);
        }

        return corners;
    }

    private void WriteLine(ReadOnlySpan<double> values, double last)
    {
        foreach (var value in values)
        {
            terminal.Output.Write(NumberText.Format(value));
            terminal.Output.Write(' ');
        }

        terminal.Output.WriteLine(NumberText.Format(last));
    }

    private void WriteJson(Utf8JsonWriter json, IEnumerable<AttainmentSurface> surfaces)
    {
        json.WriteStartObject();
        json.WriteString("indicator", "eaf");
        json.WriteStartArray("surfaces");
        foreach (var surface in surfaces)
        {
            json.WriteStartObject();
            json.WriteNumber("level", surface.Level);
            json.WriteNumber("runs", surface.RunCount);
            json.WriteMeasurement("percentile", surface.Percentile);
            WriteRows(json, "vertices", model.Orientation.Flip(surface.Vertices.Span), surface.Objectives);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter json, string name, double[] rows, int width, double[] differences)
    {
        json.WriteStartObject();
        json.WriteString("indicator", "eaf");
        WriteRows(json, name, rows, width);
        json.WriteMeasurements("differences", differences);
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, string name, double[] rows, int width)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < rows.Length; i += width)
        {
            json.WriteStartArray();
            foreach (var value in rows.AsSpan(i, width))
                json.WriteMeasurement(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
