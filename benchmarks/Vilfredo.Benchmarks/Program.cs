using Vilfredo.Benchmarks.Hypervolume;

return args is ["hypervolume", .. var rest] ? HypervolumeBenchmark.Run(rest) : 1;
