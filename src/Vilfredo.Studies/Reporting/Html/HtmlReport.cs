using System.Net;
using System.Security.Cryptography;
using System.Text;
using Vilfredo.IO;

namespace Vilfredo.Studies.Reporting;

/// <summary>
/// A study as one self-contained page: interactive scatter plot, parallel coordinates with filters, hypervolume history,
/// the frontier as a table, and what became of every trial. The page loads nothing from anywhere.
/// </summary>
/// <remarks>
/// Names and outputs in the data are untrusted. They travel in a JSON block that cannot be left, are only ever set as text,
/// and a content security policy allows no script but the page's own (by its hash) and no network at all.
/// </remarks>
public static class HtmlReport
{
    // In the order in which they build on each other.
    private static readonly string[] Scripts =
        ["dom.js", "format.js", "scales.js", "study.js", "details.js", "scatter.js", "parallel.js", "history.js", "table.js", "states.js", "report.js"];

    /// <summary>Writes the page.</summary>
    /// <param name="data">The study.</param>
    /// <param name="writer">Where the page goes; encode it as UTF-8.</param>
    /// <exception cref="ArgumentException">The data is inconsistent, see <see cref="ReportData.Validate"/>.</exception>
    public static void Write(ReportData data, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(writer);
        data.Validate();

        var style = ReadAsset("report.css");
        var script = "(() => {\n\"use strict\";\n" + string.Concat(Scripts.Select(ReadAsset)) + "})();\n";
        var policy =
            $"default-src 'none'; script-src '{HashOf(script)}'; style-src '{HashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'";
        FillTemplate(ReadAsset("report.html"), writer, name => name switch
        {
            "policy" => policy,
            "title" => WebUtility.HtmlEncode(data.Title),
            "style" => style,
            "data" => ReportJson.Write(data),
            "script" => script,
            _ => throw new InvalidOperationException($"The page's template has an unknown place '{name}'."),
        });
    }

    /// <summary>Writes the page to a file, which appears complete or not at all.</summary>
    /// <param name="data">The study.</param>
    /// <param name="path">The file; one that exists is replaced. Its folder is made when it is missing.</param>
    /// <exception cref="ArgumentException">The data is inconsistent, see <see cref="ReportData.Validate"/>.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    public static void Save(ReportData data, string path) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            Write(data, writer);
        });

    // One pass over the template: what is filled in is never searched for places itself.
    private static void FillTemplate(string template, TextWriter writer, Func<string, string> textOf)
    {
        var position = 0;
        while (template.IndexOf("{{", position, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            writer.Write(template.AsSpan(position, open - position));
            writer.Write(textOf(template[(open + 2)..close]));
            position = close + 2;
        }

        writer.Write(template.AsSpan(position));
    }

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string ReadAsset(string name)
    {
        var assembly = typeof(HtmlReport).Assembly;
        using var stream = assembly.GetManifestResourceStream("Vilfredo.Studies.Reporting." + name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n"); // hashed as the browser sees it
    }
}
