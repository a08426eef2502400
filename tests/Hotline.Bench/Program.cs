using System.CommandLine;
using Hotline.Bench;

// started by deploy/bench
var root = new Argument<string>("root") { Description = "The checkout" };
var quick = new Option<bool>("--quick") { Description = "Short runs on less data" };
var seconds = new Option<int?>("--seconds") { Description = "Length of a run" };
var only = new Option<string>("--only") { Description = "Scenarios, with commas between them", DefaultValueFactory = _ => "" };
var vendors = new Option<int>("--vendors")
{ Description = "Demo vendors from the start", DefaultValueFactory = _ => Scenarios.DemoVendors };
var target = new Option<string?>("--target") { Description = "Credentials file of a platform that runs already" };
var json = new Option<string?>("--json") { Description = "Also write the rows to this file" };
var bench = new RootCommand("Measures the whole platform") { root, quick, seconds, only, vendors, target, json };
bench.SetAction(given => Benchmark.Run(new(given.GetRequiredValue(root), given.GetValue(quick), given.GetValue(seconds),
    given.GetRequiredValue(only).Split(',', StringSplitOptions.RemoveEmptyEntries), given.GetValue(vendors), given.GetValue(target),
    given.GetValue(json))));
var asked = bench.Parse(args);
var code = await asked.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
return asked.Errors.Count > 0 ? 2 : code;
