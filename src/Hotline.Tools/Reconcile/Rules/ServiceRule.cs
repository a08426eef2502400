namespace Hotline.Tools.Reconcile.Rules;

/// <summary>Every service is well, and nothing waits in it or before it.</summary>
public sealed class ServiceRule : IRule
{
    public int Place => 90;

    public IReadOnlyList<Book> Compares => [];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        foreach (var service in books.Services)
        {
            if (service.Status != "healthy") findings.Add(Fault.Stuck, service.Service, $"is {service.Status}");
            if (service.Outbox is { Rows: > 0 } outbox)
                findings.Add(Fault.Stuck, service.Service, $"{outbox.Rows} events wait in the outbox");
            foreach (var queue in service.Queues ?? [])
            {
                if (queue.Waiting > 0) findings.Add(Fault.Stuck, queue.Name, "messages wait");
                if (queue.Errors > 0) findings.Add(Fault.Stuck, queue.Name, "messages in the error queue (deploy/redrive list)");
            }
        }
    }
}
