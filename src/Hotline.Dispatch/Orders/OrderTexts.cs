namespace Hotline.Dispatch.Orders;

/// <summary>Why an order does not allow something.</summary>
internal static class OrderTexts
{
    public static readonly Text Closed = new("order.closed", "派单已结束，不能再操作", "The order has ended; nothing more can be done to it");
    public static readonly Text OfferOver = new("order.offer-expired", "已超过接单时限", "The offer has lapsed");
    public static readonly Text NotDue = new("order.not-due", "尚未到期", "Not due yet");
    public static readonly Text RequestTaken = new("order.request-taken", "该工单已有进行中或已完工的派单",
        "The request has an order that is open or done already");
    public static readonly Text RequestCancelled = new("order.request-cancelled", "工单已取消，不能再派单或继续办理",
        "The request is cancelled; nothing more is to be done for it");
    public static readonly Text RequestErased = new("order.request-erased", "工单已超过保存期限，市民信息已清除",
        "The request's time of being kept is over and the citizen forgotten");
    public static readonly Text CategoryUnnamed = new("order.category-unnamed",
        "工单的服务类别还是“其他”，请先由班长确定类别再派单", "The request's category is still \"other\": a supervisor names it before it is offered");
    public static readonly Text VendorSuspended = new("vendor.suspended", "该企业已被暂停派单", "The vendor is suspended from dispatch");
    public static readonly Text VendorTerminated = new("vendor.terminated", "该企业已解除加盟", "The vendor was removed from the alliance");
    public static readonly Text ContractOver = new("vendor.contract-over", "该企业的加盟合同已到期", "The vendor's contract is over");
    public static readonly Text ContractNotBegun = new("vendor.contract-not-begun", "该企业的加盟合同尚未开始", "The vendor's contract has not begun");
    public static readonly Text DoesNotOffer = new("vendor.does-not-offer",
        "该企业不提供此类服务；确需派单请填写 override.reason", "The vendor does not offer this service; to offer it all the same give override.reason");
    public static readonly Text DoesNotCover = new("vendor.does-not-cover",
        "该企业不服务此区域；确需派单请填写 override.reason", "The vendor does not cover this area; to offer it all the same give override.reason");
    public static readonly Text ClosedNow = new("vendor.closed-now",
        "该企业现在不营业；确需派单请填写 override.reason", "The vendor is closed now; to offer it all the same give override.reason");
    public static readonly Text QuoteChanged = new("order.quote-changed",
        "报价已变化，请与市民确认后再登记", "The price is another one now: ask the citizen again");
    public static readonly Text CurrentQuote = new("order.current-quote", "当前报价为 {0:0.##} 元", "The price is CNY {0:0.##} now");

    private static readonly Text CitizenWithdrew = new("order.citizen-withdrew", "市民取消工单", "The citizen cancelled the request");
    private static readonly Text NoVendor = new("order.no-vendor", "未找到合适企业，工单结束", "No vendor could be found for the request");
    private static readonly Text Duplicate = new("order.duplicate", "工单重复登记", "The request was registered twice");
    private static readonly Text SomehowCancelled = new("order.request-ended", "工单已取消", "The request was cancelled");

    private static readonly Text NotOffered = new("order.not-offered", "只有待接单的派单可以接单或拒单",
        "Only an offered order can be accepted or rejected");
    private static readonly Text NotAccepted = new("order.not-accepted", "请先接单且尚未联系市民时才能登记联系",
        "The order must be accepted and the citizen not phoned yet");
    private static readonly Text NotContacted = new("order.not-contacted", "联系市民之后、市民同意之前才能报价",
        "A price is quoted after the citizen was phoned and before he agreed");
    private static readonly Text NotQuoted = new("order.not-quoted", "当前没有待市民答复的报价",
        "There is no price that waits for the citizen's answer");
    private static readonly Text NotAgreed = new("order.not-agreed", "市民同意报价之后、到场之前才能预约或登记到场",
        "Appointment and arrival come after the price was agreed, and once arrived no more");
    private static readonly Text NotArrived = new("order.not-arrived", "到场之后才能登记完工", "Work is completed after arrival");

    /// <summary>What the order of a request says that was cancelled for a cause, or erased.</summary>
    public static Text EndOf(string? cause) => cause switch
    {
        "citizenWithdrew" => CitizenWithdrew,
        "noVendor" => NoVendor,
        "duplicate" => Duplicate,
        "erased" => RequestErased,
        _ => SomehowCancelled,
    };

    public static Text TooEarlyOrLate(OrderAction action) => action switch
    {
        OrderAction.Accept or OrderAction.Reject or OrderAction.Expire => NotOffered,
        OrderAction.Contact or OrderAction.MissContact => NotAccepted,
        OrderAction.ProposeQuote => NotContacted,
        OrderAction.AcceptQuote or OrderAction.DeclineQuote => NotQuoted,
        OrderAction.Schedule or OrderAction.Arrive => NotAgreed,
        OrderAction.Complete => NotArrived,
        _ => Closed,
    };
}
