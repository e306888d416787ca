using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public class ModelAnswerTests
{
    [Theory]
    [InlineData("int x;", "int x;")]
    [InlineData("Text\n```csharp\na\n```\nand\n```cs\nb\n```\nend", "b\n")]
    [InlineData("```C#\nb\n```\n```text\noutput\n```", "b\n")]
    [InlineData("```\na\n```\n```\nb\n```", "b\n")]
    [InlineData("```python\na\n```\n~~~\nb\n~~~", "b\n")]
    [InlineData("````csharp\na ``` b\n```\n````", "a ``` b\n```\n")]
    [InlineData("cut off:\n```csharp\nint F()", "int F()")]
    [InlineData("1. item\n   ```csharp\n   a\n   ```\n", "   a\n")]
    [InlineData("", "")]
    public void The_last_block_of_the_language_is_the_code(string answer, string code) =>
        Assert.Equal(code, ModelAnswer.ExtractCode(answer, SampleLanguage.CSharp));

    [Fact]
    public void Python_has_its_own_tags() =>
        Assert.Equal("b\n", ModelAnswer.ExtractCode("```csharp\na\n```\n```py\nb\n```\n```cs\nc\n```", SampleLanguage.Python));
}
