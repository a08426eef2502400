namespace Hotline.Bench;

/// <summary>Years of work, made up in the databases themselves.</summary>
public static class Past
{
    /// <summary>So many past requests, each with its order, its callback and a timeline.</summary>
    public static async Task Fill(Stack stack, int requests)
    {
        await stack.Sql("intake", $"""
            insert into requests (id, number, status, channel, dialled_number, citizen, phone_hash, area_code, category_code, description, urgency, registered_by, registered_at, order_status, order_version, version)
            select md5('r' || n)::uuid, 'RA-P-' || n, 'closed', 'phone', '12345', repeat('x', 220), sha256(int4send(n)), '330381001', 'drains.unclog-drain', '厨房下水道堵了 ' || n, 'normal', 'operator', now() - (n % 700 + 1) * interval '1 day', 'completed', 7, 9
            from generate_series(1, {requests}) as n on conflict do nothing
            """);
        await stack.Sql("intake", $"""
            insert into timeline (request_id, at, kind, actor, data)
            select md5('r' || n)::uuid, now() - (n % 700 + 1) * interval '1 day', k, 'operator', jsonb_build_object() from generate_series(1, {requests}) as n, unnest(array['requestRegistered', 'orderCompleted', 'followUpCompleted']) as k
            where not exists (select from timeline t where t.request_id = md5('r' || n)::uuid)
            """);
        await stack.Sql("dispatch", $"""
            insert into requests (request_id, registered, cancelled, number, citizen, area_code, category_code, description, urgency, registered_at)
            select md5('r' || n)::uuid, true, false, 'RA-P-' || n, repeat('x', 220), '330381001', 'drains.unclog-drain', '厨房下水道堵了', 'normal', now() - (n % 700 + 1) * interval '1 day'
            from generate_series(1, {requests}) as n on conflict do nothing
            """);
        await stack.Sql("follow_up", $"""
            insert into contacts (request_id, citizen, description) select md5('r' || n)::uuid, repeat('x', 220), '厨房下水道堵了' from generate_series(1, {requests}) as n on conflict do nothing
            """);
        foreach (var database in (string[])["intake", "dispatch", "follow_up"]) await stack.Sql(database, "analyze");
    }

    /// <summary>So many vendors in all, spread over categories and areas like those that are there.</summary>
    public static async Task Vendors(Stack stack, int vendors)
    {
        await stack.Sql("vendor_registry", $"""
            create temp table patterns as select row_number() over () - 1 as i, v.* from (select * from vendors where demo order by id limit 92) v;
            insert into vendors (id, name, phone, contact_name, admission, contract_from, contract_until, standing, demo, applied_at, version)
            select md5('v' || n)::uuid, '【演示】' || n, p.phone, p.contact_name, 'approved', p.contract_from, p.contract_until, 'active', true, now(), 2 from generate_series(93, {vendors}) as n join patterns p on p.i = n % 92 on conflict do nothing;
            insert into vendor_services (vendor_id, category_code, price_from, price_to, unit, score)
            select md5('v' || n)::uuid, s.category_code, s.price_from, s.price_to, s.unit, 60 + n % 40 from generate_series(93, {vendors}) as n join patterns p on p.i = n % 92 join vendor_services s on s.vendor_id = p.id on conflict do nothing;
            insert into vendor_coverage (vendor_id, area_code)
            select md5('v' || n)::uuid, c.area_code from generate_series(93, {vendors}) as n join patterns p on p.i = n % 92 join vendor_coverage c on c.vendor_id = p.id on conflict do nothing;
            insert into vendor_scores (vendor_id, score, satisfaction, deadline_reliability, completed_orders, version)
            select md5('v' || n)::uuid, 60 + n % 40, 3 + (n % 20) / 10.0, 0.9, n % 300, 1 from generate_series(93, {vendors}) as n on conflict do nothing;
            drop table patterns
            """);
        await stack.Sql("vendor_registry", "analyze");
    }
}
