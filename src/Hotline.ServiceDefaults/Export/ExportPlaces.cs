namespace Hotline.ServiceDefaults;

/// <summary>Who is exporting: a person one file at a time, and few at once in a process, as each reads as fast as its client takes
/// it.</summary>
internal sealed class ExportPlaces
{
    private const int Most = 4;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _persons = [];

    /// <summary>A place, to be given back in the end; null = not now.</summary>
    public IDisposable? Take(string person)
    {
        lock (_lock) return _persons.Count < Most && _persons.Add(person) ? new Place(this, person) : null;
    }

    private sealed class Place(ExportPlaces places, string person) : IDisposable
    {
        public void Dispose()
        {
            lock (places._lock) places._persons.Remove(person);
        }
    }
}
