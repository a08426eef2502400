using Hotline.ServiceDefaults;
using Hotline.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hotline.Messaging.Tests;

/// <summary>A role per service, made by the verb migrate with an administrator's connection.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private readonly string _one = Servers.Fresh("role"), _two = Servers.Fresh("role");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var name in (string[])[_one, _two])
        {
            await Servers.DropDatabase(name);
            foreach (var role in (string[])[$"hotline_{name}", $"{name}_owner", $"{name}_old"])
                await Servers.Administer($"drop role if exists {role}");
        }
    }

    [Fact]
    public async Task Given_a_server_each_service_gets_a_database_and_a_role_that_reaches_no_other()
    {
        using var one = await Migrated(_one);
        using var two = await Migrated(_two);
        foreach (var (host, other) in ((IHost, string)[])[(one, _two), (two, _one)])
        {
            var database = host.Services.GetRequiredService<NpgsqlDataSource>();
            var mine = (await database.One<string>("select current_user || ' ' || current_database()", stop: Stop))!;
            mine.ShouldBe($"hotline_{(other == _one ? _two : _one)} {(other == _one ? _two : _one)}");
            (await database.One<bool>("select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls from pg_roles "
                + "where rolname = current_user", stop: Stop)).ShouldBeFalse();
            (await database.Many<string>("select tablename from pg_tables where schemaname = 'public' and tableowner <> current_user",
                stop: Stop)).ShouldBeEmpty();
            (await database.One<long>("select count(*) from outbox", stop: Stop)).ShouldBe(0);

            var refused = await Should.ThrowAsync<PostgresException>(() => Open(database, other));
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            foreach (var tooMuch in (string[])["create role more", "create database more", "alter role current_user superuser",
                "copy outbox to '/tmp/outbox'", $"alter database {other} rename to mine"])
                (await Should.ThrowAsync<PostgresException>(() => database.One<int>(tooMuch, stop: Stop))).SqlState
                    .ShouldBe(PostgresErrorCodes.InsufficientPrivilege, tooMuch);
        }
        using var again = await Migrated(_one); // harmless, and after a new password of the server's the old one does not hold
    }

    [Fact]
    public async Task A_database_of_an_older_release_is_handed_over_with_everything_in_it()
    {
        // as it was: made and owned by the server's own user
        using (var old = Build(_one, Servers.Database(_one), server: null)) await Place.Run(old, "migrate");
        await Execute(_one, """
            insert into outbox (message_id, type, body) values (gen_random_uuid(), 'kept', '{}');
            create schema more; create table more.things (id bigint generated always as identity primary key,
                made serial); insert into more.things default values;
            create view more.seen as select * from more.things; create type more.kind as enum ('a'); create sequence more.loose;
            create function more.answer() returns int language sql as 'select 42'; create domain more.short as text;
            """);
        using var host = await Migrated(_one);
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        (await database.One<long>("select count(*) from outbox where type = 'kept'", stop: Stop)).ShouldBe(1);
        (await database.One<long>("select count(*) from more.seen where more.answer() = 42", stop: Stop)).ShouldBe(1);
        (await database.Many<string>("""
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace
            where nspname in ('public', 'more') and pg_get_userbyid(relowner) <> current_user
            union all select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = pronamespace
            where nspname in ('public', 'more') and pg_get_userbyid(proowner) <> current_user
            union all select t.oid::regtype::text from pg_type t join pg_namespace n on n.oid = typnamespace
            where nspname in ('public', 'more') and pg_get_userbyid(typowner) <> current_user
            """, stop: Stop)).ShouldBeEmpty();
        // what the next migration may want to do
        await Execute(host, "alter table more.things add column more text; drop function more.answer(); "
            + "alter table outbox add column more text; create table public.later (id int); drop schema more cascade");
    }

    [Fact]
    public async Task An_administrator_need_not_be_a_superuser()
    {
        await Servers.Administer($"create role {_one}_owner login createrole createdb password 'enough-for-a-test'");
        var server = new NpgsqlConnectionStringBuilder(Servers.Postgres)
        { Username = $"{_one}_owner", Password = "enough-for-a-test" }.ConnectionString;
        using var host = Build(_one, null, server);
        await Place.Run(host, "migrate");
        (await host.Services.GetRequiredService<NpgsqlDataSource>().One<string>("select current_user::text", stop: Stop))
            .ShouldBe($"hotline_{_one}");
    }

    [Fact]
    public async Task Who_may_not_make_roles_is_told_what_to_do_instead()
    {
        await Servers.Administer($"create role {_one}_old login password 'enough-for-a-test'");
        using var host = Build(_one, null, new NpgsqlConnectionStringBuilder(Servers.Postgres)
        { Username = $"{_one}_old", Password = "enough-for-a-test" }.ConnectionString);
        (await Should.ThrowAsync<InvalidOperationException>(() => Place.Run(host, "migrate"))).Message.ShouldContain("CREATEROLE");
    }

    [Fact]
    public async Task A_services_role_that_may_more_than_it_should_is_refused()
    {
        await Servers.Administer($"create role hotline_{_one} superuser login");
        using var host = Build(_one, null, Servers.Postgres);
        (await Should.ThrowAsync<InvalidOperationException>(() => Place.Run(host, "migrate"))).Message.ShouldContain($"hotline_{_one}");
        await Servers.Administer($"alter role hotline_{_one} nosuperuser");
    }

    private static async Task<IHost> Migrated(string service)
    {
        var host = Build(service, null, Servers.Postgres);
        await Place.Run(host, "migrate");
        return host;
    }

    private static IHost Build(string service, string? own, string? server)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration[$"ConnectionStrings:{service}-db"] = own;
        builder.Configuration["ConnectionStrings:postgres"] = server;
        builder.AddDatabase(service, typeof(Work).Assembly, typeof(Place).Assembly);
        return builder.Build();
    }

    private static async Task Open(NpgsqlDataSource like, string database)
    {
        var configuration = new ConfigurationManager { ["ConnectionStrings:postgres"] = Servers.Postgres };
        var own = DatabaseConnection.Of(configuration, new NpgsqlConnectionStringBuilder(like.ConnectionString).Database!);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(own)
        { Database = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync(Stop);
    }

    private static async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Servers.Database(database) + ";Pooling=false");
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task Execute(IHost host, string sql)
    {
        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
