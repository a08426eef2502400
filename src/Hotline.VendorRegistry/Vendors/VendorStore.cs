using System.Text.Json;
using Hotline.Catalogue;
using Hotline.Wire.Vendors;
using Npgsql;

namespace Hotline.VendorRegistry.Vendors;

/// <param name="Words">A part of name, phone number or credit code, or of the name's pinyin or its initials.</param>
public sealed record VendorFilter(string? Words, string? Standing, string? Admission)
{
    private readonly string? _typed = Words is null ? null : NameSpelling.Typed(Words);

    // a number is typed in groups; digits among letters are a name's, and no part of a number
    private readonly string _digits = Words is null || Words.Any(char.IsLetter) ? "" : string.Concat(Words.Where(char.IsAsciiDigit));

    internal string Condition => string.Join(" and ", (string[])["true",
        .. Words is null ? (string[])[] : [$"(v.name ilike @like or v.licence_number ilike @like{ByLetters}{ByDigits})"],
        .. Standing is null ? (string[])[] : ["v.standing = @Standing"],
        .. Admission is null ? (string[])[] : ["v.admission = @Admission"]]);

    private string ByLetters => _typed is null ? "" : " or v.spelling like @letters";

    private string ByDigits => _digits.Length < 3 ? "" : " or v.phone like @digits";

    internal object Values(Guid? after, int take) => new
    {
        Standing,
        Admission,
        like = Database.Containing(Words),
        begins = Database.Containing(Words)[1..],
        letters = $"%{_typed}%",
        digits = $"%{_digits}%",
        after,
        take,
    };
}

/// <summary>What evaluation and dispatch told of a vendor, shown beside its profile.</summary>
public sealed record VendorFigures(Guid VendorId, double? Score, double? Satisfaction, int CompletedOrders, int OpenOrders);

public sealed record UnspeltName(Guid Id, string Name);

public sealed class VendorStore(NpgsqlDataSource database, Work work)
{
    private const string Select = """
        select v.*,
            coalesce((select json_agg(json_build_object('categoryCode', s.category_code, 'priceFrom', s.price_from, 'priceTo', s.price_to,
                'unit', s.unit) order by s.category_code)
                from vendor_services s where s.vendor_id = v.id), '[]')::text as services_json,
            array(select c.area_code from vendor_coverage c where c.vendor_id = v.id order by c.area_code) as coverage_codes
        from vendors v
        """;

    public async Task<Vendor?> Find(Guid id, CancellationToken stop) =>
        (await database.One<Row>($"{Select} where v.id = @id", new { id }, stop))?.ToVendor();

    /// <summary>In the order of application.</summary>
    public async Task<IReadOnlyList<Vendor>> List(VendorFilter filter, PageRequest page, CancellationToken stop)
    {
        var after = page.AfterId is null ? "" : "and v.id > @after";
        var rows = await database.Many<Row>($"{Select} where {filter.Condition} {after} order by v.id limit @take",
            filter.Values(page.AfterId, page.Limit + 1), stop);
        return [.. rows.Select(r => r.ToVendor())];
    }

    public Task<int> Count(VendorFilter filter, CancellationToken stop) =>
        database.One<int>($"select count(*)::int from vendors v where {filter.Condition}", filter.Values(null, 0), stop);

    /// <summary>By name; those that begin with what was typed come first.</summary>
    public async Task<IReadOnlyList<Vendor>> List(VendorFilter filter, int take, CancellationToken stop) =>
        [.. (await database.Many<Row>($"{Select} where {filter.Condition} "
            + "order by v.name not ilike @begins, v.name, v.id limit @take", filter.Values(null, take), stop)).Select(r => r.ToVendor())];

    /// <summary>The vendors that came with a file.</summary>
    public async Task<IReadOnlyList<Vendor>> Imported(Guid import, CancellationToken stop) =>
        [.. (await database.Many<Row>($"{Select} where v.import_id = @import order by v.id", new { import }, stop))
            .Select(r => r.ToVendor())];

    /// <summary>Those of these credit codes that are registered.</summary>
    public async Task<IReadOnlySet<string>> Registered(string[] licences, CancellationToken stop) =>
        (await database.Many<string>("select licence_number from vendors where licence_number = any(@licences) and admission <> 'rejected'",
            new { licences }, stop)).ToHashSet();

    /// <param name="vendor">As it applied.</param>
    /// <param name="import">The file that it came with; null = none.</param>
    public void Add(Vendor vendor, Guid? import = null)
    {
        work.Write("""
            insert into vendors (id, name, phone, contact_name, licence_number, admission, admission_note, admission_by, admission_at,
                contract_from, contract_until, standing, opens_at, closes_at, demo, applied_at, version, told, spelling, import_id)
            values (@Id, @Name, @Phone, @ContactName, @LicenceNumber, @admission, @AdmissionNote, @AdmissionBy, @AdmissionAt, @ContractFrom,
                @ContractUntil, @standing, @OpensAt, @ClosesAt, @Demo, @AppliedAt, @Version, true, @spelling, @import)
            """, Values(vendor, 0, import));
        WriteOffer(vendor);
    }

    public void Save(Decision<Vendor> decision, int readAt)
    {
        var vendor = decision.State;
        if (vendor.Version == readAt) return; // nothing changed
        work.Tell(decision.Events);
        work.WriteOne("""
            update vendors set name = @Name, phone = @Phone, contact_name = @ContactName, licence_number = @LicenceNumber,
                admission = @admission, admission_note = @AdmissionNote, admission_by = @AdmissionBy, admission_at = @AdmissionAt,
                contract_from = @ContractFrom, contract_until = @ContractUntil,
                standing = @standing, standing_reason = @StandingReason, standing_until = @StandingUntil,
                opens_at = @OpensAt, closes_at = @ClosesAt, version = @Version, told = true, spelling = @spelling
            where id = @Id and version = @readAt
            """, Values(vendor, readAt, null));
        work.Write("delete from vendor_services where vendor_id = @Id", new { vendor.Id });
        work.Write("delete from vendor_coverage where vendor_id = @Id", new { vendor.Id });
        WriteOffer(vendor);
    }

    public async Task<VendorFigures> Figures(Guid id, CancellationToken stop) => (await Figures([id], stop))[id];

    public async Task<IReadOnlyDictionary<Guid, VendorFigures>> Figures(Guid[] ids, CancellationToken stop) =>
        (await database.Many<VendorFigures>("""
            select v.id as vendor_id, s.score, s.satisfaction, coalesce(s.completed_orders, 0) as completed_orders,
                (select count(*) from vendor_orders o where o.vendor_id = v.id and o.open)::int as open_orders
            from unnest(@ids) as v(id) left join vendor_scores s on s.vendor_id = v.id
            """, new { ids }, stop)).ToDictionary(f => f.VendorId);

    /// <summary>What is known of the sanctions of a vendor.</summary>
    public Task<IReadOnlyList<KnownSanction>> Sanctions(Guid vendor, CancellationToken stop) => database.Many<KnownSanction>(
        "select sanction_id as id, kind, reason, until, lifted from vendor_sanctions where vendor_id = @vendor", new { vendor }, stop);

    /// <summary>Some vendors of the alliance of whom the others have not been told all.</summary>
    public async Task<IReadOnlyList<Vendor>> Untold(int most, CancellationToken stop) =>
        [.. (await database.Many<Row>($"{Select} where not v.told and v.admission = 'approved' order by v.id limit @most", new { most },
            stop)).Select(r => r.ToVendor())];

    /// <summary>Tells of a vendor as it is, without a new version.</summary>
    /// <exception cref="StaleException">At commit: it has changed, hence been told, meanwhile.</exception>
    public void TellAgain(Vendor vendor, DateTimeOffset now)
    {
        work.WriteOne("update vendors set told = true where id = @Id and version = @Version and not told",
            new { vendor.Id, vendor.Version });
        work.Tell(vendor.Profile(now));
    }

    /// <summary>Some of those that were registered before names were spelt.</summary>
    public Task<IReadOnlyList<UnspeltName>> Unspelt(int most, CancellationToken stop) =>
        database.Many<UnspeltName>("select id, name from vendors where spelling is null limit @most", new { most }, stop);

    public void Spell(UnspeltName vendor) =>
        work.Write("update vendors set spelling = @spelling where id = @Id and name = @Name and spelling is null",
            new { vendor.Id, vendor.Name, spelling = NameSpelling.Of(vendor.Name) });

    /// <summary>As if nobody had been told of the vendors of the alliance.</summary>
    public void ForgetTold() => work.Write("update vendors set told = false where admission = 'approved'", new { });

    public void AddSanction(Guid sanction, Guid vendor, string kind, string? reason, DateTimeOffset? until, bool lifted) => work.Write("""
        insert into vendor_sanctions (sanction_id, vendor_id, kind, reason, until, lifted)
        values (@sanction, @vendor, @kind, @reason, @until, @lifted)
        on conflict (sanction_id) do update set lifted = vendor_sanctions.lifted or excluded.lifted,
            reason = coalesce(vendor_sanctions.reason, excluded.reason)
        """, new { sanction, vendor, kind, reason, until, lifted });

    private void WriteOffer(Vendor vendor)
    {
        work.Write("""
            insert into vendor_services (vendor_id, category_code, price_from, price_to, unit, score)
            select @Id, c, f, t, u, (select score from vendor_scores where vendor_id = @Id)
            from unnest(@codes, @from, @to, @units) as s(c, f, t, u)
            """, new
        {
            vendor.Id,
            codes = vendor.Services.Select(s => s.CategoryCode).ToArray(),
            from = vendor.Services.Select(s => s.PriceFrom).ToArray(),
            to = vendor.Services.Select(s => s.PriceTo).ToArray(),
            units = vendor.Services.Select(s => s.Unit).ToArray(),
        });
        work.Write("insert into vendor_coverage (vendor_id, area_code) select @Id, a from unnest(@areas) as c(a)",
            new { vendor.Id, areas = vendor.Coverage.ToArray() });
    }

    private static object Values(Vendor v, int readAt, Guid? import) => new
    {
        v.Id,
        v.Name,
        v.Phone,
        v.ContactName,
        v.LicenceNumber,
        admission = v.Admission.ToWire(),
        v.AdmissionNote,
        v.AdmissionBy,
        v.AdmissionAt,
        v.ContractFrom,
        v.ContractUntil,
        standing = v.Standing is { } standing ? standing.ToWire() : null,
        v.StandingReason,
        v.StandingUntil,
        v.OpensAt,
        v.ClosesAt,
        v.Demo,
        v.AppliedAt,
        v.Version,
        spelling = NameSpelling.Of(v.Name),
        import,
        readAt,
    };

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string Phone { get; init; } = "";
        public string ContactName { get; init; } = "";
        public string? LicenceNumber { get; init; }
        public Admission Admission { get; init; }
        public string? AdmissionNote { get; init; }
        public string? AdmissionBy { get; init; }
        public DateTimeOffset? AdmissionAt { get; init; }
        public DateOnly? ContractFrom { get; init; }
        public DateOnly? ContractUntil { get; init; }
        public Standing? Standing { get; init; }
        public string? StandingReason { get; init; }
        public DateTimeOffset? StandingUntil { get; init; }
        public TimeOnly? OpensAt { get; init; }
        public TimeOnly? ClosesAt { get; init; }
        public bool Demo { get; init; }
        public DateTimeOffset AppliedAt { get; init; }
        public int Version { get; init; }
        public string ServicesJson { get; init; } = "[]";
        public string[] CoverageCodes { get; init; } = [];

        public Vendor ToVendor() => new()
        {
            Id = Id,
            Name = Name,
            Phone = Phone,
            ContactName = ContactName,
            LicenceNumber = LicenceNumber,
            Admission = Admission,
            AdmissionNote = AdmissionNote,
            AdmissionBy = AdmissionBy,
            AdmissionAt = AdmissionAt,
            ContractFrom = ContractFrom,
            ContractUntil = ContractUntil,
            Standing = Standing,
            StandingReason = StandingReason,
            StandingUntil = StandingUntil,
            OpensAt = OpensAt,
            ClosesAt = ClosesAt,
            Demo = Demo,
            AppliedAt = AppliedAt,
            Version = Version,
            Services = JsonSerializer.Deserialize<OfferedService[]>(ServicesJson, JsonSerializerOptions.Web)!,
            Coverage = CoverageCodes,
        };
    }
}
