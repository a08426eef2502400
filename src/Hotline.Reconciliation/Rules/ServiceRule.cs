namespace Hotline.Reconciliation.Rules;

/// <summary>Every service is well, and nothing waits in it or before it.</summary>
public sealed class ServiceRule : IRule
{
    public int Place => 90;

    public BothLanguages Expected { get; } = new("各服务正常，没有积压的消息",
        "Every service is well, and nothing waits in it or before it");

    public IReadOnlyList<Book> Compares => [];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        foreach (var service in books.Services)
        {
            if (service.Status != "healthy") findings.Add(Fault.Stuck, service.Service, $"状态为 {service.Status}", $"is {service.Status}");
            if (service.Outbox is { Rows: > 0 } outbox)
                findings.Add(Fault.Stuck, service.Service, $"{outbox.Rows} 个事件待发", $"{outbox.Rows} events wait in the outbox");
            foreach (var queue in service.Queues ?? [])
            {
                if (queue.Waiting > 0) findings.Add(Fault.Stuck, queue.Name, "有消息待处理", "messages wait");
                if (queue.Errors > 0)
                    findings.Add(Fault.Stuck, queue.Name, "有错误消息（deploy/redrive list）",
                        "messages in the error queue (deploy/redrive list)");
            }
        }
    }
}
