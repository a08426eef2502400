using Npgsql;

namespace Hotline.Identity.Revocation;

/// <summary>Of which generation a subject's tokens are now.</summary>
public sealed class Generations(NpgsqlDataSource database)
{
    /// <returns>0 where nothing of the subject was ever ended.</returns>
    public Task<int> Of(string subject, CancellationToken stop) =>
        database.One<int>("select generation from revocations where key = @subject", new { subject }, stop);
}
