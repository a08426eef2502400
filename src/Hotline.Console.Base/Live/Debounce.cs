namespace Hotline.Console.Live;

/// <summary>Does something a little after it was asked for: once for many askings, and once more for what was asked while it ran.</summary>
/// <param name="gather">How long to wait for further askings.</param>
/// <param name="act">What to do.</param>
/// <param name="stop">Ends it.</param>
public sealed class Debounce(TimeSpan gather, Func<Task> act, CancellationToken stop)
{
    private bool _due, _running;

    public async void Ask()
    {
        _due = true;
        if (_running) return;
        _running = true;
        try
        {
            while (_due && !stop.IsCancellationRequested)
            {
                await Task.Delay(gather, stop);
                _due = false;
                await act();
            }
        }
        catch (OperationCanceledException)
        {
            // left the page
        }
        finally
        {
            _running = false;
        }
    }
}
