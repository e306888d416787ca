namespace Vilfredo.Optimization.Tests.Problems;

/// <summary>ZDT and DTLZ written down as the papers print them, to check the fast versions against.</summary>
internal static class PrintedFormulas
{
    public static double[] Of(string name, double[] x, int objectives) =>
        name.StartsWith("ZDT", StringComparison.Ordinal) ? Zdt(name[^1] - '0', x) : Dtlz(name[^1] - '0', x, objectives);

    private static double[] Zdt(int number, double[] x)
    {
        var n = x.Length;
        var rest = x.Skip(1).ToArray();
        var f1 = number switch
        {
            5 => 1 + x.Take(30).Sum(),
            6 => 1 - Math.Exp(-4 * x[0]) * Math.Pow(Math.Sin(6 * Math.PI * x[0]), 6),
            _ => x[0],
        };
        var g = number switch
        {
            4 => 1 + 10 * (n - 1) + rest.Sum(v => v * v - 10 * Math.Cos(4 * Math.PI * v)),
            5 => x.Skip(30).Chunk(5).Sum(group => group.Sum() < 5 ? 2 + group.Sum() : 1),
            6 => 1 + 9 * Math.Pow(rest.Sum() / (n - 1), 0.25),
            _ => 1 + 9 * rest.Sum() / (n - 1),
        };
        var h = number switch
        {
            1 or 4 => 1 - Math.Sqrt(f1 / g),
            3 => 1 - Math.Sqrt(f1 / g) - f1 / g * Math.Sin(10 * Math.PI * f1),
            5 => 1 / f1,
            _ => 1 - Math.Pow(f1 / g, 2),
        };
        return [f1, g * h];
    }

    private static double[] Dtlz(int number, double[] x, int m)
    {
        var position = x.Take(m - 1).ToArray();
        var distance = x.Skip(m - 1).ToArray();
        var g = number switch
        {
            1 or 3 => 100 * (distance.Length + distance.Sum(v => Math.Pow(v - 0.5, 2) - Math.Cos(20 * Math.PI * (v - 0.5)))),
            6 => distance.Sum(v => Math.Pow(v, 0.1)),
            7 => 1 + 9.0 / distance.Length * distance.Sum(),
            _ => distance.Sum(v => Math.Pow(v - 0.5, 2)),
        };
        if (number == 7)
        {
            var h = m - position.Sum(v => v / (1 + g) * (1 + Math.Sin(3 * Math.PI * v)));
            return [.. position, (1 + g) * h];
        }

        var f = new double[m];
        var angles = position
            .Select((v, i) => number switch
            {
                4 => Math.Pow(v, 100) * Math.PI / 2,
                5 or 6 when i > 0 => Math.PI / (4 * (1 + g)) * (1 + 2 * g * v),
                _ => v * Math.PI / 2,
            })
            .ToArray();
        for (var i = 0; i < m; i++)
        {
            f[i] = number == 1 ? 0.5 * (1 + g) : 1 + g;
            for (var j = 0; j < m - 1 - i; j++) f[i] *= number == 1 ? x[j] : Math.Cos(angles[j]);
            if (i > 0) f[i] *= number == 1 ? 1 - x[m - 1 - i] : Math.Sin(angles[m - 1 - i]);
        }

        return f;
    }
}
