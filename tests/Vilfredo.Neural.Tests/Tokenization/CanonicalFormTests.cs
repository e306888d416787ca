using System.Globalization;
using System.Text;
using CsCheck;
using Vilfredo.Neural.Tokenization.HuggingFace;

namespace Vilfredo.Neural.Tests.Tokenization;

public class CanonicalFormTests
{
    // Source, form C, form D: rows of Unicode's NormalizationTest.txt and of Annex 15's figures.
    [Theory]
    [InlineData("212B", "00C5", "0041 030A")]
    [InlineData("2126", "03A9", "03A9")]
    [InlineData("1E0A 0323", "1E0C 0307", "0044 0323 0307")]
    [InlineData("0061 0315 0300 05AE 0300 0062", "00E0 05AE 0300 0315 0062", "0061 05AE 0300 0300 0315 0062")]
    [InlineData("1E9B 0323", "1E9B 0323", "017F 0323 0307")]
    [InlineData("FB01", "FB01", "FB01")]
    [InlineData("0958", "0915 093C", "0915 093C")]
    [InlineData("AC01", "AC01", "1100 1161 11A8")]
    [InlineData("1100 1161 11A8", "AC01", "1100 1161 11A8")]
    [InlineData("AC00 11A7", "AC00 11A7", "1100 1161 11A7")]
    [InlineData("1D15E", "1D157 1D165", "1D157 1D165")]
    [InlineData("2F800", "4E3D", "4E3D")]
    [InlineData("110A5 110BA", "110AB", "110A5 110BA")]
    [InlineData("0300 0061", "0300 0061", "0300 0061")]
    [InlineData("0041 0301 0301", "00C1 0301", "0041 0301 0301")]
    public void Forms_are_those_of_the_standard(string source, string composed, string decomposed)
    {
        Assert.Equal(Text(composed), CanonicalForm.Compose(Text(source)));
        Assert.Equal(Text(decomposed), CanonicalForm.Decompose(Text(source)));
    }

    [Fact]
    public void Forms_are_stable_and_lead_to_each_other() =>
        Gen.OneOf(Gen.Int[0x20, 0x17F], Gen.Int[0x300, 0x345], Gen.Int[0x1E00, 0x1FFF], Gen.Int[0x1100, 0x11FF], Gen.Int[0xAC00, 0xD7A3], Gen.Int[0x900, 0x9FF], Gen.Int[0x11000, 0x11FFF])
            .Array[0, 20].Select(points => string.Concat(points.Select(point => new Rune(point)))).Sample(text =>
            {
                var (composed, decomposed) = (CanonicalForm.Compose(text), CanonicalForm.Decompose(text));
                Assert.Equal(composed, CanonicalForm.Compose(composed));
                Assert.Equal(composed, CanonicalForm.Compose(decomposed));
                Assert.Equal(decomposed, CanonicalForm.Decompose(composed));
            });

    private static string Text(string points) =>
        string.Concat(points.Split(' ').Select(point => new Rune(int.Parse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));
}
