using Hotline.Bench;

// Hotline.Bench ROOT [--quick] [--seconds N] [--only NAME,NAME] [--vendors N] [--target CREDENTIALS] [--json FILE]; started by deploy/bench
return await Benchmark.Run(args[0], args[1..]);
