using System.Globalization;
using System.Text;
using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Inference.Agents.Search;

/// <summary>A corpus in memory, ranked by <see cref="Bm25Index"/> over titles and texts.</summary>
public sealed class CorpusSource : ISearchSource
{
    private const int MaximumLineLength = 1 << 22;
    private static readonly char[] SentenceEnds = ['.', '!', '?', '\n'];

    private readonly IReadOnlyList<SearchDocument> _documents;
    private readonly Dictionary<string, SearchDocument> _byId;
    private readonly Bm25Index _index;
    private readonly int _snippet;

    /// <summary>A corpus.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="documents">The documents; their names are unique.</param>
    /// <param name="snippet">The most characters of a snippet, at least 1.</param>
    /// <exception cref="ArgumentException">Two documents have one name.</exception>
    public CorpusSource(string name, IReadOnlyList<SearchDocument> documents, int snippet = 300)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfLessThan(snippet, 1);
        (Name, _documents, _snippet) = (name, documents, snippet);
        _byId = new(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            if (!_byId.TryAdd(document.Id, document))
                throw new ArgumentException($"The corpus '{name}' has two documents called '{document.Id}'; give each a name of its own.", nameof(documents));
        }

        _index = new([.. documents.Select(document => document.Title + "\n" + document.Text)]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The number of documents.</summary>
    public int Count => _documents.Count;

    /// <summary>Reads a file of JSON lines with <c>text</c>, and optionally <c>id</c> (else the line's number) and <c>title</c>. The source is called after the file.</summary>
    /// <exception cref="InputFormatException">A line is no document; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CorpusSource Load(string path)
    {
        var documents = new List<SearchDocument>();
        using (var reader = new StreamReader(path))
        {
            foreach (var (number, text) in JsonLines.Read(reader, MaximumLineLength, (line, problem) => new InputFormatException(path, line, problem)))
            {
                var record = JsonRecord.Parse(text.AsMemory(), path, number);
                documents.Add(new(record.OptionalText("id") ?? number.ToString(CultureInfo.InvariantCulture), record.OptionalText("title") ?? "", record.Text("text")));
            }
        }

        try
        {
            return new(Path.GetFileNameWithoutExtension(path), documents);
        }
        catch (ArgumentException error)
        {
            throw new InputFormatException(path, 1, error.Message.TrimEnd('.'));
        }
    }

    /// <summary>The sources of a path: a file of JSON lines is one, a folder has one for each <c>.jsonl</c> file in it, in the order of their names.</summary>
    /// <exception cref="FormatException">There is nothing there, or a file is no corpus.</exception>
    public static IReadOnlyList<ISearchSource> LoadAll(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.jsonl").Order(StringComparer.Ordinal)] : [path];
        if (files.Length == 0)
            throw new FormatException($"The folder '{path}' has no .jsonl file; a corpus is a file of JSON lines with id, title and text.");
        if (!File.Exists(files[0]))
            throw new FormatException($"There is no corpus '{path}'; give a file of JSON lines with id, title and text, or a folder of such files.");
        return [.. files.Select(Load)];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SearchHit>> SearchAsync(string query, int count, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var words = SearchWords.Of(query).ToHashSet(StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<SearchHit>>([.. _index.Search(query, count).Select(found => new SearchHit(_documents[found.Text], found.Score, SnippetOf(_documents[found.Text].Text, words)))]);
    }

    /// <inheritdoc/>
    public Task<SearchDocument?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult(_byId.GetValueOrDefault(id));

    // The sentences with the most telling words of the query, in the order of the text, as many as fit.
    private string SnippetOf(string text, HashSet<string> words)
    {
        if (text.Length <= _snippet)
            return text;
        var sentences = Sentences(text);
        var order = sentences.Index()
            .OrderByDescending(sentence => SearchWords.Of(sentence.Item).Where(words.Contains).Distinct().Sum(_index.InverseDocumentFrequency))
            .ThenBy(sentence => sentence.Index);
        var taken = new SortedSet<int>();
        var length = 0;
        foreach (var (place, sentence) in order)
        {
            length += sentence.Length + 1;
            if (length > _snippet && taken.Count > 0)
                break;
            taken.Add(place);
        }

        var snippet = new StringBuilder();
        foreach (var place in taken)
            snippet.Append(snippet.Length == 0 ? "" : taken.Contains(place - 1) ? " " : " ... ").Append(sentences[place]);
        return snippet.Length > _snippet ? snippet.ToString(0, _snippet) : snippet.ToString();
    }

    private static List<string> Sentences(string text)
    {
        var sentences = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOfAny(SentenceEnds, start);
            end = end < 0 ? text.Length : end + 1;
            var sentence = text[start..end].Trim();
            if (sentence.Length > 0)
                sentences.Add(sentence);
            start = end;
        }

        return sentences;
    }
}
