using Vilfredo.Studies;

namespace Vilfredo.Cli.Tests.Studies;

public sealed class ExchangeTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Json_goes_out_and_in_to_the_last_bit()
    {
        cli.With("study.yaml", StudyFiles.Printing(before: "[ $1 = 3 ] && { echo broken; exit 1; }")).Run("optimize", "study.yaml", "--no-report");
        cli.Run("export", "tiny", "--output", "first.json").Succeeded();
        Assert.Equal("imported 8 trials\n", cli.Run("import", "first.json", "--storage", "other.db").Succeeded().Output);
        cli.Run("export", "tiny", "--storage", "other.db", "--output", "second.json").Succeeded();
        Assert.Equal(Bytes("first.json"), Bytes("second.json"));
    }

    [Fact]
    public void Csv_goes_into_an_empty_study_of_the_same_kind_and_comes_out_with_the_same_rows()
    {
        const string Before = "[ $1 = 3 ] && { echo 'broken, \"badly\"'; exit 1; }; [ $1 = 5 ] && sleep 60";
        cli.With("study.yaml", StudyFiles.Printing(before: Before, settings: "sampler: random\ntime_limit: 1 s"));
        Assert.Equal(0, cli.Run("optimize", "study.yaml", "--no-report", "-j", "2").ExitCode);
        cli.Run("export", "tiny", "--output", "first.csv").Succeeded();
        using (var store = new SqliteStorage(Path.Combine(cli.Directory, "other.db")))
        {
            Study.Create(StudyDocument.Load(Path.Combine(cli.Directory, "study.yaml")), store).Dispose();
        }

        cli.Run("import", "first.csv", "--study", "tiny", "--storage", "other.db").Succeeded();
        cli.Run("export", "tiny", "--storage", "other.db", "--output", "second.csv").Succeeded();
        Assert.Equal(Bytes("first.csv"), Bytes("second.csv"));
    }

    [Theory]
    [InlineData("bad.csv:3: '1e400' is not a finite number", "n,x,tool,cost,accuracy\n1,0.5,a,1,2\n2,0.5,a,1e400,2\n")]
    [InlineData("bad.csv:2: 'many' is no value for knob 'n'", "n,x,tool,cost,accuracy\nmany,0.5,a,1,2\n")]
    [InlineData("bad.csv:2: x = 7 is outside its range", "n,x,tool,cost,accuracy\n1,7,a,1,2\n")]
    [InlineData("bad.csv:1: there is no column for the objective 'accuracy'", "n,x,tool,cost\n1,0.5,a,1\n")]
    [InlineData("bad.csv:1: the column 'cost [EUR]' is in EUR", "n,x,tool,cost [EUR],accuracy\n1,0.5,a,1,2\n")]
    [InlineData("bad.csv:1: the column 'accuracy [minimize]'", "n,x,tool,cost,accuracy [minimize]\n1,0.5,a,1,2\n")]
    public void Nothing_of_a_wrong_file_is_imported(string message, string content)
    {
        cli.WithResults("tiny", [1, 2]).With("bad.csv", content);
        cli.Run("import", "bad.csv", "--study", "tiny").Refused(message);
        Assert.Equal(1, cli.Read("tiny", s => s.Trials.Count));
    }

    [Fact]
    public void A_text_that_is_no_export_is_refused_and_creates_no_study()
    {
        cli.With("bad.json", "{\"definition\": {}, \"trials\": 3}").Run("import", "bad.json").Refused("bad.json:1: not an exported study");
        Assert.Equal("[]\n", cli.Run("list", "--json").Succeeded().Output);
    }

    private byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(cli.Directory, file));
}
