//! The parts of invented names: Chinese and pinyin.

/// Characters that a brand begins with.
#[rustfmt::skip]
pub const FIRST: &[(&str, &str)] = &[
    ("泰", "tai"), ("恒", "heng"), ("瑞", "rui"), ("嘉", "jia"), ("博", "bo"), ("宏", "hong"), ("凯", "kai"),
    ("鼎", "ding"), ("盛", "sheng"), ("锦", "jin"), ("润", "run"), ("诚", "cheng"), ("沃", "wo"), ("启", "qi"),
    ("朗", "lang"), ("翰", "han"), ("景", "jing"), ("柏", "bai"), ("澜", "lan"), ("知", "zhi"), ("衡", "heng"),
    ("砺", "li"), ("谷", "gu"), ("昱", "yu"), ("沐", "mu"), ("茂", "mao"), ("森", "sen"), ("竹", "zhu"),
    ("松", "song"), ("雁", "yan"), ("溪", "xi"), ("棠", "tang"), ("巽", "xun"), ("稷", "ji"), ("霁", "ji"),
    ("绍", "shao"), ("融", "rong"), ("简", "jian"), ("青", "qing"), ("言", "yan"), ("苇", "wei"), ("榆", "yu"),
];

/// Characters that a brand ends with.
#[rustfmt::skip]
pub const SECOND: &[(&str, &str)] = &[
    ("然", "ran"), ("岚", "lan"), ("沛", "pei"), ("域", "yu"), ("澄", "cheng"), ("屿", "yu"), ("舟", "zhou"),
    ("桥", "qiao"), ("野", "ye"), ("岳", "yue"), ("辰", "chen"), ("陌", "mo"), ("璞", "pu"), ("坤", "kun"),
    ("翎", "ling"), ("驰", "chi"), ("庭", "ting"), ("宁", "ning"), ("帆", "fan"), ("序", "xu"), ("铎", "duo"),
    ("策", "ce"), ("谦", "qian"), ("朴", "pu"), ("笙", "sheng"), ("砚", "yan"), ("樾", "yue"), ("皓", "hao"),
    ("蔚", "wei"), ("圻", "qi"), ("廷", "ting"), ("衍", "yan"), ("珩", "heng"), ("阡", "qian"), ("弦", "xian"),
    ("喆", "zhe"), ("霖", "lin"), ("篱", "li"), ("埔", "pu"), ("岑", "cen"), ("渡", "du"), ("绎", "yi"),
];

/// Pairs of the two lists that are, or come close to, names that people know.
pub const TAKEN: &[&str] = &[
    "景域", "宏桥", "启辰", "恒宁", "泰坤", "瑞庭", "瑞霖", "盛域", "青岚", "青岳", "松霖", "朗域",
];

/// Chinese and English legal forms, the usual one first and several times: names are drawn from it.
#[rustfmt::skip]
pub const FORMS: &[(&str, &str)] = &[
    ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."),
    ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."),
    ("有限责任公司", "Co., Ltd."), ("股份有限公司", "Corp., Ltd."), ("集团有限公司", "Group Co., Ltd."),
];

#[rustfmt::skip]
pub const SURNAMES: &[(&str, &str)] = &[
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("赵", "Zhao"),
    ("黄", "Huang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"), ("胡", "Hu"), ("朱", "Zhu"),
    ("高", "Gao"), ("林", "Lin"), ("何", "He"), ("郭", "Guo"), ("马", "Ma"), ("罗", "Luo"), ("梁", "Liang"),
    ("宋", "Song"), ("郑", "Zheng"), ("谢", "Xie"), ("韩", "Han"), ("唐", "Tang"), ("冯", "Feng"), ("董", "Dong"),
];

#[rustfmt::skip]
pub const GIVEN: &[(&str, &str)] = &[
    ("悦", "Yue"), ("敏", "Min"), ("静", "Jing"), ("磊", "Lei"), ("洋", "Yang"), ("建国", "Jianguo"), ("丽华", "Lihua"),
    ("晓东", "Xiaodong"), ("文静", "Wenjing"), ("志强", "Zhiqiang"), ("雪梅", "Xuemei"), ("俊杰", "Junjie"),
    ("思远", "Siyuan"), ("佳怡", "Jiayi"), ("浩然", "Haoran"), ("雨桐", "Yutong"), ("海燕", "Haiyan"), ("国平", "Guoping"),
    ("秀兰", "Xiulan"), ("明", "Ming"), ("婷", "Ting"), ("嘉宁", "Jianing"), ("子涵", "Zihan"), ("立新", "Lixin"),
];

#[rustfmt::skip]
pub const TITLES: &[&str] = &[
    "销售经理 Sales manager", "客户经理 Account manager", "总经理 General manager", "副总经理 Deputy general manager",
    "商务主管 Commercial supervisor", "项目经理 Project manager", "财务经理 Finance manager", "质量经理 Quality manager",
];

/// Streets as many towns have them.
#[rustfmt::skip]
pub const ROADS: &[(&str, &str)] = &[
    ("建设路", "Jianshe Road"), ("人民路", "Renmin Road"), ("科技路", "Keji Road"), ("创新大道", "Chuangxin Avenue"),
    ("兴业路", "Xingye Road"), ("工业大道", "Gongye Avenue"), ("文化路", "Wenhua Road"), ("光明路", "Guangming Road"),
    ("新华路", "Xinhua Road"), ("学府路", "Xuefu Road"), ("迎宾大道", "Yingbin Avenue"), ("滨河路", "Binhe Road"),
    ("振兴路", "Zhenxing Road"), ("友谊路", "Youyi Road"), ("幸福路", "Xingfu Road"), ("胜利路", "Shengli Road"),
    ("丰收路", "Fengshou Road"), ("梧桐路", "Wutong Road"), ("银杏路", "Yinxing Road"), ("玉兰路", "Yulan Road"),
    ("明德路", "Mingde Road"), ("致远路", "Zhiyuan Road"), ("望江路", "Wangjiang Road"), ("青年路", "Qingnian Road"),
];

/// `Tairan` of `tai` and `ran`.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
