using System.Collections.Concurrent;
using System.Reflection;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Hotline.Messaging;

/// <summary>What one request or one message changes: rows, and the events that tell of them. Nothing is sent before
/// <see cref="Commit"/>, which is one round trip and all or nothing. Endpoints and consumers only collect;
/// the filter around them commits.</summary>
public sealed class Work(NpgsqlDataSource database, OutboxSignal signal) : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    private static readonly Dictionary<Type, NpgsqlDbType> Types = new()
    {
        [typeof(string)] = NpgsqlDbType.Text,
        [typeof(Guid)] = NpgsqlDbType.Uuid,
        [typeof(DateTimeOffset)] = NpgsqlDbType.TimestampTz,
        [typeof(DateOnly)] = NpgsqlDbType.Date,
        [typeof(int)] = NpgsqlDbType.Integer,
        [typeof(long)] = NpgsqlDbType.Bigint,
        [typeof(double)] = NpgsqlDbType.Double,
        [typeof(decimal)] = NpgsqlDbType.Numeric,
        [typeof(bool)] = NpgsqlDbType.Boolean,
        [typeof(byte[])] = NpgsqlDbType.Bytea,
    };

    private readonly List<NpgsqlBatchCommand> _writes = [];
    private readonly List<object> _events = [];
    private readonly List<Action> _afterwards = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    /// <summary>Adds a write.</summary>
    /// <param name="sql">With @name for each property of <paramref name="values"/>.</param>
    /// <param name="values">An anonymous object; strings, numbers, ids, UTC times and arrays of these.</param>
    public void Write(string sql, object values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var property in Properties.GetOrAdd(values.GetType(), type => type.GetProperties()))
        {
            // the type is the property's, null or not: a statement with other types would be parsed and planned as another one
            var parameter = new NpgsqlParameter(property.Name, property.GetValue(values) ?? DBNull.Value);
            if (Types.TryGetValue(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, out var type))
                parameter.NpgsqlDbType = type;
            command.Parameters.Add(parameter);
        }
        _writes.Add(command);
    }

    /// <summary>A write that must hit exactly one row. None means that someone else was faster:
    /// <see cref="StaleException"/> at commit.</summary>
    public void WriteOne(string sql, object values) =>
        Write($"with hit as ({sql} returning 1) select exactly_one(count(*)) from hit", values);

    /// <summary>A row, read before, that must still be as it was when this commits.</summary>
    /// <param name="sql">A select that finds exactly one row if so. The row stays locked against change until the commit.</param>
    /// <param name="values">As for <see cref="Write"/>.</param>
    public void Require(string sql, object values) =>
        Write($"with hit as ({sql} for share) select exactly_one(count(*)) from hit", values);

    /// <summary>Adds events, told if and only if the writes are committed.</summary>
    public void Tell(params IEnumerable<object> events) => _events.AddRange(events);

    /// <summary>Adds what is to be done once, and only if, the writes are committed: counting, for example.</summary>
    public void Afterwards(Action then) => _afterwards.Add(then);

    /// <summary>Takes a value that only the database can give, in the transaction that <see cref="Commit"/> ends: a number without gaps
    /// is given back when the rest fails. Costs a round trip and holds the row's lock; use it where that is the point.</summary>
    public async Task<T> Take<T>(string sql, object values, CancellationToken stop)
    {
        _connection ??= await database.OpenConnectionAsync(stop);
        _transaction ??= await _connection.BeginTransactionAsync(stop); // goes out together with the statement
        return await _connection.QuerySingleAsync<T>(new CommandDefinition(sql, values, _transaction, cancellationToken: stop));
    }

    /// <summary>Forgets what was collected, to begin anew.</summary>
    public async Task Clear()
    {
        _writes.Clear();
        _events.Clear();
        _afterwards.Clear();
        await DisposeAsync();
    }

    /// <summary>Sends all writes and the outbox rows as one batch.</summary>
    /// <exception cref="StaleException">A row changed since it was read; nothing was written.</exception>
    /// <exception cref="PostgresException">A constraint forbids it; nothing was written.</exception>
    public async Task Commit(CancellationToken stop = default)
    {
        if (_events.Count > 0) _writes.Add(Outbox.Insert(_events));
        if (_writes.Count > 0 || _transaction is not null)
        {
            var batch = _connection is null ? database.CreateBatch() : new NpgsqlBatch(_connection, _transaction);
            await using (batch)
            {
                foreach (var write in _writes) batch.BatchCommands.Add(write);
                // its lock goes with the last write, without another round trip
                if (_transaction is not null) batch.BatchCommands.Add(new("commit"));
                try { await batch.ExecuteNonQueryAsync(stop); }
                catch (PostgresException e) when (e.SqlState == "HL001") { throw new StaleException(); }
            }
        }
        if (_events.Count > 0) signal.Raise();
        foreach (var then in _afterwards) then();
        await Clear();
    }

    /// <summary>Gives up an open transaction.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
        (_transaction, _connection) = (null, null);
    }
}

/// <summary>A row changed since it was read.</summary>
public sealed class StaleException() : Exception("The row changed since it was read.");
