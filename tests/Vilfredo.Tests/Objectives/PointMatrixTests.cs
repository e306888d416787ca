namespace Vilfredo.Tests.Objectives;

public class PointMatrixTests
{
    [Fact]
    public void A_partial_row_is_refused_with_both_counts()
    {
        var error = Assert.Throws<ArgumentException>(() => PointMatrix.Validate([1, 2, 3], 2));
        Assert.Contains("3 values", error.Message);
        Assert.Contains("2 objectives", error.Message);
    }

    [Fact]
    public void NaN_is_refused_and_located()
    {
        var error = Assert.Throws<ArgumentException>(() => PointMatrix.Validate([1, 2, 3, double.NaN], 2));
        Assert.Contains("value 1 of point 1", error.Message);
    }

    [Fact]
    public void The_number_of_rows_is_returned() => Assert.Equal(2, PointMatrix.Validate([1, 2, 3, 4], 2));
}
