using Hotline.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Hotline.Identity.Staff;

/// <param name="Words">Each in user name, name or seat's number.</param>
/// <param name="Roles">Any of these; none = all.</param>
public sealed record StaffFilter(string? Words, string? Role, bool? Active, string[]? Roles = null)
{
    internal string Condition => string.Join(" and ", (string[])["vendor_id is null",
        .. Words is null ? (string[])[] : ["concat_ws(' ', user_name, display_name, staff_number) ilike all (@Likes)"],
        .. Role is null ? (string[])[] : ["role = @Role"],
        .. Roles is null ? (string[])[] : ["role = any(@Roles)"],
        .. Active is null ? (string[])[] : ["active = @Active"]]);

    internal string[]? Likes => Words?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Database.Containing).ToArray();
}

/// <summary>Accounts of staff. Reading needs nothing; what changes them runs inside <see cref="AccountChanges.Run"/>.</summary>
public sealed class StaffStore(NpgsqlDataSource database, AccountChanges changes, UserManager<User> users, TimeProvider clock)
{
    private const string Select = """
        select id, user_name as username, display_name as name, staff_number, role, active, deleted, must_change_password,
            two_factor_enabled as two_factor, lockout_end as locked_until, last_sign_in_at, created_at, version
        from "AspNetUsers"
        """;

    public Task<StaffMember?> Find(Guid id, CancellationToken stop) =>
        database.One<StaffMember>($"{Select} where id = @id and vendor_id is null", new { id }, stop);

    /// <summary>By user name.</summary>
    public Task<IReadOnlyList<StaffMember>> List(StaffFilter filter, PageRequest page, CancellationToken stop) =>
        database.Many<StaffMember>($"{Select} where {filter.Condition} {(page.After is null ? "" : "and normalized_user_name > @After")} "
            + "order by normalized_user_name limit @take",
            new { filter.Role, filter.Roles, filter.Active, filter.Likes, page.After, take = page.Limit + 1 }, stop);

    public Task<int> Count(StaffFilter filter, int most, CancellationToken stop) => database.Count($"""
        from "AspNetUsers" where {filter.Condition}
        """, new { filter.Role, filter.Roles, filter.Active, filter.Likes, most }, stop);

    /// <summary>As it is inside the change that is going on.</summary>
    public async Task<StaffMember?> FindForChange(Guid id) =>
        (await changes.Query<StaffMember>($"{Select} where id = @id and vendor_id is null for update", new { id })).SingleOrDefault();

    /// <summary>Active admins other than one.</summary>
    public async Task<int> AdminsBut(Guid id) => (await changes.Query<int>("""
        select count(*)::int from "AspNetUsers" where role = 'admin' and active and not deleted and id <> @id
        """, new { id })).Single();

    public async Task<bool> NumberIsTaken(string? number, Guid except) => number is not null && (await changes.Query<bool>("""
        select exists (select from "AspNetUsers" where staff_number = @number and not deleted and id <> @except)
        """, new { number, except })).Single();

    public async Task<bool> NameIsTaken(string username) => (await changes.Query<bool>("""
        select exists (select from "AspNetUsers" where normalized_user_name = @name)
        """, new { name = users.NormalizeName(username) })).Single();

    /// <summary>Makes an account with a temporary password.</summary>
    public async Task<StaffMember> Add(string username, string name, string? number, string role, string password)
    {
        var user = new User
        {
            UserName = username,
            DisplayName = name,
            StaffNumber = number,
            Role = role,
            MustChangePassword = true,
            CreatedAt = clock.GetUtcNow(),
        };
        AccountChanges.Must(await users.CreateAsync(user, password));
        return (await FindForChange(user.Id))!;
    }

    public Task Save(StaffMember member) => changes.Execute("""
        update "AspNetUsers" set display_name = @Name, staff_number = @StaffNumber, role = @Role, active = @Active, deleted = @Deleted,
            version = @Version where id = @Id
        """, new { member.Id, member.Name, member.StaffNumber, member.Role, member.Active, member.Deleted, member.Version });

    /// <summary>Gives a password that somebody else has seen; a lock is lifted.</summary>
    public async Task GivePassword(Guid id, string password)
    {
        var user = (await users.FindByIdAsync(id.ToString()))!;
        user.MustChangePassword = true;
        user.Version++;
        AccountChanges.Must(await users.Reset(user, password));
    }
}
