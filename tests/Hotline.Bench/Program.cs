using Hotline.Bench;

// Hotline.Bench ROOT [--quick] [--only NAME,NAME] [--target CREDENTIALS] [--json FILE]; started by deploy/bench
return await Benchmark.Run(args[0], args[1..]);
