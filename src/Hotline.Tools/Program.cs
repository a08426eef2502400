using System.CommandLine;
using Hotline.Tools.Backup;
using Hotline.Tools.Demo;
using Hotline.Tools.Errors;
using Hotline.Tools.Reconcile;
using Hotline.Tools.Redeliver;

// run by the scripts in deploy/ and by the dashboard's commands
var tools = new RootCommand("What is done to a running platform")
{
    DemoCommand.Describe(), ReconcileCommand.Describe(), ErrorsCommand.Describe(), BackupCommand.Describe(), RedeliverCommand.Describe(),
};
var given = tools.Parse(args);
// one that is told to end ends at once, and one that fails in a way that it does not know says where; 1 is for what a command found
var code = await given.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
return given.Errors.Count > 0 ? 2 : code;
