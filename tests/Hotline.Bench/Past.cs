using Npgsql;

namespace Hotline.Bench;

/// <summary>Years of work, made up in the databases themselves: ids and times ascend as they do in life,
/// so that indexes grow as they do in life.</summary>
public static class Past
{
    private const string Id = "(lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid";

    // nothing that counts up with what a vendor offers and where: the best of a category would be those of another town
    private const string VendorScore = "60 + abs(hashint4(n)) % 4000 / 100.0";

    /// <summary>So many past requests, each with its timeline, its order and its callback, known to all services.</summary>
    /// <param name="stack">Where.</param>
    /// <param name="from">The first of them, from 1.</param>
    /// <param name="to">The last of them.</param>
    public static async Task Fill(Stack stack, int from, int to)
    {
        var at = $"now() - interval '700 days' + interval '690 days' * (n::float8 / {to})";
        var vendors = await Demo(stack);
        var vendor = $"('{{{string.Join(',', vendors)}}}'::uuid[])[n % {vendors.Count} + 1]";
        string Rows(string insert, string values) => $"set session_replication_role = replica; insert into {insert} select {values} "
            + $"from generate_series({from}, {to}) as n on conflict do nothing";
        (string Database, string Table, string Sql)[] tables =
        [
            ("intake", "requests", Rows("requests (id, number, status, channel, dialled_number, citizen, phone_hash, area_code, "
                + "category_code, description, urgency, registered_by, registered_at, order_id, order_status, order_version, version, "
                + "has_words, words_release)", $"{Id}, 'RA-P-' || n, 'closed', 'phone', '12345', repeat('x', 220), "
                + "sha256(int4send(n)), '330381001', "
                + $"'drains.unclog-drain', '厨房下水道堵了 ' || n, 'normal', 'operator', {at}, {Id}, 'completed', 7, 9, true, 1")),
            // words of all, of many, of few and of this one alone
            ("intake", "request_words", Rows("request_words (request_id, words)",
                $"{Id}, array[1, n % 50, 1000 + n % 20000, hashint4(n), hashint4(-n)]")),
            ("intake", "timeline", Rows("timeline (request_id, at, kind, actor, data)",
                $"{Id}, {at}, unnest(array['requestRegistered', 'orderCompleted', 'followUpCompleted']), 'operator', '{{}}'")),
            ("dispatch", "requests", Rows("requests (request_id, registered, cancelled, number, citizen, area_code, category_code, "
                + "description, urgency, registered_at)", $"{Id}, true, false, 'RA-P-' || n, repeat('x', 220), '330381001', "
                + $"'drains.unclog-drain', '厨房下水道堵了', 'normal', {at}")),
            ("dispatch", "orders", Rows("orders (id, request_id, vendor_id, request_number, vendor_name, category_code, status, "
                + "offered_by, offered_at, offer_expires_at, completed_at, final_amount, summary, warranty_days, version)",
                $"{Id}, {Id}, {vendor}, 'RA-P-' || n, '演示', 'drains.unclog-drain', 'completed', 'operator', {at}, {at}, "
                    + $"{at}, 120, '已疏通', 30, 7")),
            ("follow_up", "contacts", Rows("contacts (request_id, citizen, description)", $"{Id}, repeat('x', 220), '厨房下水道堵了'")),
            ("follow_up", "follow_ups", Rows("follow_ups (id, request_id, order_id, vendor_id, request_number, vendor_name, category_code, "
                + "kind, status, due_at, attempts, satisfaction, resolved, ended_at, created_at, version)",
                $"{Id}, {Id}, {Id}, {vendor}, 'RA-P-' || n, '演示', 'drains.unclog-drain', 'service', 'completed', {at}, 1, "
                    + $"5, true, {at}, {at}, 3")),
            ("evaluation", "facts", Rows("facts (vendor_id, order_id, kind, value, at)",
                $"{vendor}, {Id}, unnest(array['completed', 'satisfaction']), 1, {at}")),
            ("vendor_registry", "vendor_orders",
                Rows("vendor_orders (order_id, vendor_id, open, offered_at, version)", $"{Id}, {vendor}, false, {at}, 7")),
        ];
        // a checkpoint each gigabyte would write the same pages again and again
        await stack.Sql("postgres", "alter system set max_wal_size = '16GB'");
        await stack.Sql("postgres", "select pg_reload_conf()");
        // two at a time: one for each of the machine's cores
        await Parallel.ForEachAsync(tables, new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (table, _) => await stack.Sql(table.Database, WithoutIndexes(table.Table, table.Sql)));
        await stack.Sql("postgres", "alter system reset max_wal_size");
        await stack.Sql("postgres", "select pg_reload_conf()");
        await Parallel.ForEachAsync(tables.Select(t => t.Database).Distinct(),
            async (database, _) => await stack.Sql(database, "vacuum analyze"));
        await stack.Sql("postgres", "checkpoint"); // what is measured next does not wait for what was made up
    }

    // Indexes other than those that keep rows apart are built afterwards, in one go: entry by entry ten million rows took 24 minutes.
    private static string WithoutIndexes(string table, string sql) => $"""
        set maintenance_work_mem = '512MB'; set max_parallel_maintenance_workers = 0;
        create temp table built as select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
            where indrelid = '{table}'::regclass and not indisunique;
        do $$ declare name text; begin for name in select b.name from built b loop execute 'drop index ' || name; end loop; end $$;
        {sql};
        do $$ declare definition text; begin for definition in select b.definition from built b loop execute definition; end loop; end $$;
        drop table built
        """;

    /// <summary>So many vendors in all, spread over categories and areas like those that are there.</summary>
    public static async Task Vendors(Stack stack, int vendors)
    {
        await stack.Sql("vendor_registry", $"""
            set session_replication_role = replica;
            create temp table patterns as select row_number() over () - 1 as i, v.*
                from (select * from vendors where demo order by id desc limit 92) v;
            insert into vendors (id, name, phone, contact_name, admission, contract_from, contract_until, standing, demo,
                applied_at, version, told)
            select {Id}, '【演示】' || n, p.phone, p.contact_name, 'approved', p.contract_from, p.contract_until, 'active', true, now(), 2, true
            from generate_series(93, {vendors}) as n join patterns p on p.i = n % 92 on conflict do nothing;
            insert into vendor_services (vendor_id, category_code, price_from, price_to, unit, score)
            select {Id}, s.category_code, s.price_from, s.price_to, s.unit, {VendorScore} from generate_series(93, {vendors}) as n
                join patterns p on p.i = n % 92 join vendor_services s on s.vendor_id = p.id on conflict do nothing;
            insert into vendor_coverage (vendor_id, area_code)
            select {Id}, c.area_code from generate_series(93, {vendors}) as n join patterns p on p.i = n % 92
                join vendor_coverage c on c.vendor_id = p.id on conflict do nothing;
            insert into vendor_scores (vendor_id, score, satisfaction, deadline_reliability, completed_orders, version)
            select {Id}, {VendorScore}, 3 + (n % 20) / 10.0, 0.9, n % 300, 1 from generate_series(93, {vendors}) as n
            on conflict do nothing;
            drop table patterns
            """);
        await stack.Sql("vendor_registry", "vacuum analyze");
        await stack.Sql("postgres", "checkpoint");
    }

    private static async Task<IReadOnlyList<Guid>> Demo(Stack stack)
    {
        await using var source = NpgsqlDataSource.Create(stack.Postgres("vendor_registry"));
        await using var command = source.CreateCommand("select id from vendors where demo order by id desc limit 92");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<Guid>();
        while (await reader.ReadAsync()) found.Add(reader.GetGuid(0));
        return found;
    }
}
