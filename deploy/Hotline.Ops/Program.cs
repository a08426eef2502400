using Hotline.Ops;

// Hotline.Ops CREDENTIALS COMMAND [OPTION...]; run by deploy/reconcile, deploy/backup and deploy/restore, and by the dashboard's commands
var options = new Options(args[0], args[2..]);
return args[1] switch
{
    "reconcile" => await ReconcileCommand.Run(options),
    "backup" => await BackupCommand.Run(options),
    "redeliver" => await RedeliverCommand.Run(options),
    "errors" => await ErrorQueuesCommand.Run(options),
    var unknown => throw new ArgumentException($"No command {unknown}"),
};
